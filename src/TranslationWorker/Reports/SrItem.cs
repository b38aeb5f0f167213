using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Content items of a structured report (PS3.3 C.17.3).</summary>
internal static class SrItem
{
    public static DicomDataset Container(string relation, DicomDataset concept, params DicomDataset[] content) =>
        Item(relation, "CONTAINER", concept).AddOrUpdate(DicomTag.ContinuityOfContent, "SEPARATE").Has(content);

    public static DicomDataset Text(string relation, DicomDataset concept, string text) =>
        Item(relation, "TEXT", concept).AddOrUpdate(DicomTag.TextValue, text);

    public static DicomDataset Code(string relation, DicomDataset concept, DicomDataset code) =>
        Item(relation, "CODE", concept).AddOrUpdate(new DicomSequence(DicomTag.ConceptCodeSequence, code));

    public static DicomDataset Uid(string relation, DicomDataset concept, string uid) =>
        Item(relation, "UIDREF", concept).AddOrUpdate(DicomTag.UID, uid);

    /// <summary>A number without a unit, of at most 4 decimals.</summary>
    public static DicomDataset Number(string relation, DicomDataset concept, double value) => Item(relation, "NUM", concept).AddOrUpdate(
        new DicomSequence(DicomTag.MeasuredValueSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.NumericValue, Math.Round(value, 4).ToString("0.####", CultureInfo.InvariantCulture))
            .AddOrUpdate(new DicomSequence(DicomTag.MeasurementUnitsCodeSequence, DerivedCode.Of("1", "UCUM", "no units")))));

    /// <param name="relation">To the item it stands in.</param>
    /// <param name="reference">Item of a Referenced SOP Sequence.</param>
    public static DicomDataset Image(string relation, DicomDataset reference) => Item(relation, "IMAGE", null).AddOrUpdate(
        new DicomSequence(DicomTag.ReferencedSOPSequence, reference));

    /// <summary>The items below a container; none leaves it as it is.</summary>
    public static DicomDataset Has(this DicomDataset container, params DicomDataset[] content) =>
        content.Length == 0 ? container : container.AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, content));

    private static DicomDataset Item(string relation, string type, DicomDataset? concept)
    {
        var item = new DicomDataset().NotValidated()
            .AddOrUpdate(DicomTag.RelationshipType, relation).AddOrUpdate(DicomTag.ValueType, type);
        return concept is null ? item : item.AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, concept));
    }
}
