using System.Globalization;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>Patient, study, series, equipment and geometry of a derived object (PS3.3 C.7).</summary>
internal static class DerivedIdentity
{
    private const int FirstSeriesNumber = 1000;

    /// <summary>Copied as they are, bytes and all; absent ones stay absent.</summary>
    private static readonly DicomTag[] Copied =
    [
        DicomTag.SpecificCharacterSet, DicomTag.StudyInstanceUID, DicomTag.StudyDescription, DicomTag.TimezoneOffsetFromUTC,
        DicomTag.IssuerOfPatientID, DicomTag.OtherPatientIDsSequence, DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight,
        DicomTag.FrameOfReferenceUID, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing,
        DicomTag.SpacingBetweenSlices, DicomTag.SliceLocation, DicomTag.Rows, DicomTag.Columns,
    ];

    /// <summary>Type 2: copied, or written empty where the source lacks them (scanners do).</summary>
    private static readonly DicomTag[] CopiedOrEmpty =
    [
        DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName, DicomTag.StudyID,
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.PatientPosition,
        DicomTag.PositionReferenceIndicator, DicomTag.SliceThickness, DicomTag.InstanceNumber,
    ];

    public static void Write(DicomDataset dataset, DicomDataset source, Derivation derivation)
    {
        source.CopyTo(dataset, [.. Copied.Where(source.Contains)]);
        foreach (var tag in CopiedOrEmpty)
            CopyOrEmpty(dataset, source, tag);
        DerivedText.DeclareCharacterSet(dataset, derivation);

        dataset.AddOrUpdate(DicomTag.SOPClassUID, derivation.To.SopClass.UID);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, derivation.InstanceUid(source.GetSingleValue<string>(DicomTag.SOPInstanceUID)));
        var sourceSeries = source.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        dataset.AddOrUpdate(DicomTag.SeriesInstanceUID, derivation.SeriesUid(sourceSeries));
        if (Text(source, DicomTag.FrameOfReferenceUID).Length == 0) // Type 1 here; anonymisers remove it
            dataset.AddOrUpdate(DicomTag.FrameOfReferenceUID, Derivation.FrameOfReferenceUid(sourceSeries));
        dataset.AddOrUpdate(DicomTag.Modality, derivation.To.DicomModality);
        dataset.AddOrUpdate(DicomTag.ImageType, [.. derivation.To.DerivedImageType]);
        dataset.AddOrUpdate(
            DicomTag.SeriesNumber, (FirstSeriesNumber + Number(source, DicomTag.SeriesNumber)).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.SeriesDescription, Description(source, derivation.To, DerivedText.CharacterSet(dataset)));
        dataset.AddOrUpdate(DicomTag.BodyPartExamined, Text(source, DicomTag.BodyPartExamined) == "BRAIN" ? "BRAIN" : "HEAD");
        dataset.AddOrUpdate(DicomTag.Manufacturer, derivation.Organization);
        dataset.AddOrUpdate(DicomTag.ManufacturerModelName, "Gateway");
        dataset.AddOrUpdate(DicomTag.SoftwareVersions, GatewayVersion.Text);
        WriteTimes(dataset, source, derivation.CreatedAt);
    }

    public static void CopyOrEmpty(DicomDataset dataset, DicomDataset source, DicomTag tag)
    {
        if (source.Contains(tag))
            source.CopyTo(dataset, tag);
        else
            dataset.AddOrUpdate<string>(tag);
    }

    /// <summary>The first value as text, or empty; control characters, which some scanners let through, as spaces.</summary>
    public static string Text(DicomDataset source, DicomTag tag) => source.TryGetString(tag, out var text)
        ? string.Concat(text.Split('\\')[0].Select(c => char.IsControl(c) ? ' ' : c)).Trim() : "";

    /// <summary>The word SYNTHETIC comes first: viewers cut the rest.</summary>
    private static string Description(DicomDataset source, ModalityProfile made, string characterSet)
    {
        var (start, end) = ($"SYNTHETIC {made.DicomModality} (AI) from ", " - not for diagnosis");
        var from = Text(source, DicomTag.SeriesDescription) is { Length: > 0 } text ? text : Text(source, DicomTag.Modality);
        return DerivedText.Repeat(from, characterSet, start, end);
    }

    /// <summary>0 where there is none, or none that leaves room for ours beside it.</summary>
    private static int Number(DicomDataset source, DicomTag tag) =>
        DicomNumber.TryInteger(Text(source, tag), out int number) && number <= int.MaxValue - FirstSeriesNumber ? number : 0;

    /// <summary>In the study's own offset from UTC where it says one, else in UTC.</summary>
    private static void WriteTimes(DicomDataset dataset, DicomDataset source, DateTimeOffset createdAt)
    {
        var local = Offset(Text(source, DicomTag.TimezoneOffsetFromUTC)) is { } offset
            ? createdAt.ToOffset(offset) : createdAt.ToUniversalTime();
        var (date, time) =
            (local.ToString("yyyyMMdd", CultureInfo.InvariantCulture), local.ToString("HHmmss", CultureInfo.InvariantCulture));
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationDate, DicomTag.SeriesDate, DicomTag.ContentDate])
            dataset.AddOrUpdate(tag, date);
        foreach (var tag in (DicomTag[])[DicomTag.InstanceCreationTime, DicomTag.SeriesTime, DicomTag.ContentTime])
            dataset.AddOrUpdate(tag, time);
    }

    /// <summary>&amp;ZZXX, PS3.3 C.12.1.1.8; null when it is not that.</summary>
    private static TimeSpan? Offset(string text)
    {
        if (text.Length != 5 || text[0] is not ('+' or '-') || !int.TryParse(text[1..], CultureInfo.InvariantCulture, out var hhmm)
            || hhmm > 1400)
            return null;
        var offset = new TimeSpan(hhmm / 100, hhmm % 100, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
