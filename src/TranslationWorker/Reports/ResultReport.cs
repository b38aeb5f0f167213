using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Writes what a derived series is and how well it went as an Enhanced SR (PS3.3 A.35.2, PS3.16 TID 1500; IHE AIR): which model
/// made it, of which images, and what the gates said.</summary>
public static class ResultReport
{
    /// <summary>As the derived images have them: they were made in one go.</summary>
    private static readonly DicomTag[] Times =
    [
        DicomTag.InstanceCreationDate, DicomTag.InstanceCreationTime, DicomTag.SeriesDate, DicomTag.SeriesTime, DicomTag.ContentDate,
        DicomTag.ContentTime,
    ];

    private static readonly DicomTag[] Equipment =
        [DicomTag.DeviceSerialNumber, DicomTag.StationName, DicomTag.InstitutionName, DicomTag.CodingSchemeIdentificationSequence];

    /// <param name="result">What was made: at least one image, with the UIDs that it is stored under.</param>
    /// <param name="seriesNumber">Series Number of the report.</param>
    /// <returns>A file in Explicit VR Little Endian; the same arguments give the same bytes, and the UIDs follow from those of the
    /// derived series.</returns>
    public static DicomFile Write(TranslatedSeries result, int seriesNumber)
    {
        var images = result.Derived.Select(file => file.Dataset).ToList();
        var (first, series) = (images[0], images[0].GetSingleValue<string>(DicomTag.SeriesInstanceUID));
        var dataset = StudyDocument.Begin(first, DicomUID.EnhancedSRStorage, "SR");
        first.CopyTo(dataset, [.. Times.Concat(Equipment).Where(first.Contains)]);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, Uid("report", series))
            .AddOrUpdate(DicomTag.SeriesInstanceUID, Uid("report-series", series))
            .AddOrUpdate(DicomTag.SeriesNumber, seriesNumber.ToString(CultureInfo.InvariantCulture))
            .AddOrUpdate(DicomTag.SeriesDescription, Description(first))
            .AddOrUpdate(DicomTag.SyntheticData, "YES")
            .AddOrUpdate(DicomTag.CompletionFlag, "COMPLETE").AddOrUpdate(DicomTag.VerificationFlag, "UNVERIFIED")
            .AddOrUpdate(DicomTag.PreliminaryFlag, "FINAL")
            .AddOrUpdate(new DicomSequence(DicomTag.PerformedProcedureCodeSequence));
        var sources = images.SelectMany(Sources).DistinctBy(Key).ToList();
        dataset.AddOrUpdate(StudyDocument.Evidence(
            first.GetSingleValue<string>(DicomTag.StudyInstanceUID),
            [(SourceSeries(first), sources.DistinctBy(Name).Select(image => StudyDocument.Reference(Class(image), Name(image)))),
                (series, images.Select(StudyDocument.Reference))]));
        ResultReportContent.Write(dataset, result, sources, Uid("report-tracking", series));
        return DerivedSeriesWriter.Wrap(dataset);
    }

    private static string Description(DicomDataset made) =>
        $"SYNTHETIC {DerivedIdentity.Text(made, DicomTag.Modality)} (AI) report on {DerivedIdentity.Text(made, DicomTag.SeriesNumber)}"
        + DerivedIdentity.NotForDiagnosis;

    private static IEnumerable<DicomDataset> Sources(DicomDataset made) => made.GetSequence(DicomTag.SourceImageSequence).Items.Select(
        image =>
        {
            var reference = StudyDocument.Reference(Class(image), Name(image));
            return image.TryGetSingleValue<int>(DicomTag.ReferencedFrameNumber, out var frame)
                ? reference.AddOrUpdate(DicomTag.ReferencedFrameNumber, frame) : reference;
        });

    private static string SourceSeries(DicomDataset made) =>
        made.GetSequence(DicomTag.ReferencedSeriesSequence).Items[0].GetSingleValue<string>(DicomTag.SeriesInstanceUID);

    private static string Class(DicomDataset reference) => DerivedIdentity.Text(reference, DicomTag.ReferencedSOPClassUID);

    private static string Name(DicomDataset reference) => DerivedIdentity.Text(reference, DicomTag.ReferencedSOPInstanceUID);

    private static (string, string) Key(DicomDataset reference) =>
        (Name(reference), DerivedIdentity.Text(reference, DicomTag.ReferencedFrameNumber));

    private static string Uid(string kind, string series) =>
        NameBasedUuid.ToOid(NameBasedUuid.Create(NameBasedUuid.Gateway, $"{kind}|{series}"));
}
