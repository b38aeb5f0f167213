using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Who made a derived object and who made its source: General Equipment, Contributing Equipment (PS3.3 C.7.5.1, C.12.1; IHE
/// AIR).</summary>
internal static class DerivedEquipment
{
    public static void Write(DicomDataset dataset, DicomDataset source, Derivation derivation)
    {
        Describe(dataset, derivation);
        dataset.AddOrUpdate(DicomTag.DeviceSerialNumber, derivation.SerialNumber);
        dataset.AddOrUpdate(DicomTag.StationName, derivation.StationName);
        if (Said(source, DicomTag.InstitutionName, dataset) is { Length: > 0 } institution)
            dataset.AddOrUpdate(DicomTag.InstitutionName, institution);
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.ContributingEquipmentSequence, Synthesizer(dataset, derivation), Processor(derivation), Scanner(source, dataset)));
    }

    private static DicomDataset Synthesizer(DicomDataset dataset, Derivation derivation) => Equipment(
        "109100", "Synthesizing Equipment", derivation.Organization)
        .AddOrUpdate(DicomTag.ManufacturerModelName, DerivedText.Repeat(derivation.Model.Title, DerivedText.CharacterSet(dataset)))
        .AddOrUpdate(DicomTag.SoftwareVersions, derivation.Model.Version)
        .AddOrUpdate(DicomTag.DeviceUID, derivation.Model.DeviceUid)
        .AddOrUpdate(
            DicomTag.ContributionDateTime,
            derivation.CreatedAt.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000")
        .AddOrUpdate(DicomTag.ContributionDescription, "Synthesised the pixels from the source image with a neural network");

    private static DicomDataset Processor(Derivation derivation) =>
        Describe(Equipment("109102", "Processing Equipment", derivation.Organization), derivation)
            .AddOrUpdate(DicomTag.StationName, derivation.StationName)
            .AddOrUpdate(DicomTag.DeviceSerialNumber, derivation.SerialNumber)
            .AddOrUpdate(DicomTag.ContributionDescription, "Registered, masked and mapped back to the source grid");

    private static DicomDataset Scanner(DicomDataset source, DicomDataset dataset)
    {
        var scanner = Equipment(
            "109101", "Acquisition Equipment", Said(source, DicomTag.Manufacturer, dataset) is { Length: > 0 } maker ? maker : "unknown");
        foreach (var tag in (DicomTag[])[
            DicomTag.InstitutionName, DicomTag.StationName, DicomTag.ManufacturerModelName, DicomTag.DeviceSerialNumber])
            if (Said(source, tag, dataset) is { Length: > 0 } text)
                scanner.AddOrUpdate(tag, text);
        source.CopyTo(scanner, [.. new[] { DicomTag.SoftwareVersions }.Where(source.Contains)]);
        return scanner;
    }

    /// <summary>The source's text in the derived object's character set, cut to its VR; empty where it says nothing.</summary>
    private static string Said(DicomDataset source, DicomTag tag, DicomDataset dataset) => DerivedText.Repeat(
        DerivedIdentity.Text(source, tag), DerivedText.CharacterSet(dataset), longest: tag == DicomTag.StationName ? 16 : 64);

    private static DicomDataset Describe(DicomDataset dataset, Derivation derivation) => dataset
        .AddOrUpdate(DicomTag.Manufacturer, derivation.Organization)
        .AddOrUpdate(DicomTag.ManufacturerModelName, "Gateway")
        .AddOrUpdate(DicomTag.SoftwareVersions, GatewayVersion.Text);

    private static DicomDataset Equipment(string code, string meaning, string maker) => new DicomDataset()
        .AddOrUpdate(DicomTag.Manufacturer, maker)
        .AddOrUpdate(new DicomSequence(DicomTag.PurposeOfReferenceCodeSequence, DerivedCode.Of(code, "DCM", meaning)));
}
