using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Writes a Key Object Selection Document (PS3.3 A.35.4, PS3.16 TID 2010) that rejects all images of a series, as IHE IOCM asks.
/// </summary>
public static class RejectionNote
{
    /// <param name="rejected">Headers of the rejected images, at least one, first those of the series.</param>
    /// <param name="title">Why they are rejected.</param>
    /// <param name="now">When, by the gateway's own clock.</param>
    /// <param name="reports">Headers of the reports on the series, which go with it.</param>
    /// <returns>A file in Explicit VR Little Endian; its UIDs follow from those of the series and the title.</returns>
    public static DicomFile Write(
        IReadOnlyList<DicomDataset> rejected, RejectionTitle title, DateTimeOffset now, params IReadOnlyList<DicomDataset> reports)
    {
        var first = rejected[0];
        var dataset = StudyDocument.Begin(first, DicomUID.KeyObjectSelectionDocumentStorage, "KO");
        var series = first.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, Uid("rejection-note", series, title))
            .AddOrUpdate(DicomTag.SeriesInstanceUID, Uid("rejection-series", series, title))
            .AddOrUpdate(DicomTag.SeriesDescription, title.Meaning);
        first.CopyTo(dataset, DicomTag.SeriesNumber);
        WriteTimes(dataset, first, now);
        WriteContent(dataset, [.. rejected, .. reports], title);
        return DerivedSeriesWriter.Wrap(dataset);
    }

    /// <summary>Key Object Document and SR Document Content (PS3.3 C.17.6.2, C.17.3).</summary>
    private static void WriteContent(DicomDataset dataset, IReadOnlyList<DicomDataset> rejected, RejectionTitle title)
    {
        dataset.AddOrUpdate(StudyDocument.Evidence(
            rejected[0].GetSingleValue<string>(DicomTag.StudyInstanceUID),
            rejected.GroupBy(one => one.GetSingleValue<string>(DicomTag.SeriesInstanceUID))
                .Select(series => (series.Key, series.Select(StudyDocument.Reference)))));
        dataset.AddOrUpdate(DicomTag.ValueType, "CONTAINER")
            .AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, DerivedCode.Of(title.Code, "DCM", title.Meaning)))
            .AddOrUpdate(DicomTag.ContinuityOfContent, "SEPARATE")
            .AddOrUpdate(new DicomSequence(DicomTag.ContentTemplateSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.MappingResource, "DCMR").AddOrUpdate(DicomTag.TemplateIdentifier, "2010")))
            .AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, [.. rejected.Select(one => new DicomDataset()
                .AddOrUpdate(DicomTag.RelationshipType, "CONTAINS")
                .AddOrUpdate(DicomTag.ValueType, DerivedIdentity.Text(one, DicomTag.Modality) == "SR" ? "COMPOSITE" : "IMAGE")
                .AddOrUpdate(new DicomSequence(DicomTag.ReferencedSOPSequence, StudyDocument.Reference(one))))]));
    }

    /// <summary>On the clock of the rejected images, where they say it.</summary>
    private static void WriteTimes(DicomDataset dataset, DicomDataset rejected, DateTimeOffset now)
    {
        var said = StudyStart.ParseOffset(DerivedIdentity.Text(rejected, DicomTag.TimezoneOffsetFromUTC));
        var local = said is { } offset ? now.ToOffset(offset) : now;
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationDate, DicomTag.SeriesDate, DicomTag.ContentDate])
            dataset.AddOrUpdate(tag, local.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationTime, DicomTag.SeriesTime, DicomTag.ContentTime])
            dataset.AddOrUpdate(tag, local.ToString("HHmmss", CultureInfo.InvariantCulture));
    }

    private static string Uid(string kind, string series, RejectionTitle title) =>
        NameBasedUuid.ToOid(NameBasedUuid.Create(NameBasedUuid.Gateway, $"{kind}|{series}|{title.Code}"));
}
