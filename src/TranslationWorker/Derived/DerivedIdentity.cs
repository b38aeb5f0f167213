using System.Globalization;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>Patient, study, series, equipment and geometry of a derived object (PS3.3 C.7).</summary>
internal static class DerivedIdentity
{
    internal const string NotForDiagnosis = " - not for diagnosis";

    /// <summary>Copied as they are, bytes and all; absent ones stay absent.</summary>
    private static readonly DicomTag[] Copied =
    [
        DicomTag.SpecificCharacterSet, DicomTag.StudyInstanceUID, DicomTag.StudyDescription,
        DicomTag.IssuerOfPatientID, DicomTag.OtherPatientIDsSequence, DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight,
        DicomTag.FrameOfReferenceUID, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing,
        DicomTag.SpacingBetweenSlices, DicomTag.SliceLocation, DicomTag.Rows, DicomTag.Columns,
        DicomTag.PatientIdentityRemoved, DicomTag.DeidentificationMethod, DicomTag.DeidentificationMethodCodeSequence,
        DicomTag.LongitudinalTemporalInformationModified,
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
        var number = derivation.SeriesNumber ?? SeriesNumbers.Alone(Number(source, DicomTag.SeriesNumber));
        dataset.AddOrUpdate(DicomTag.SeriesNumber, number.ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.SeriesDescription, Description(source, derivation.To, DerivedText.CharacterSet(dataset)));
        WriteRegion(dataset, source);
        WriteDeidentification(dataset);
        DerivedText.LeaveOutTooLong(dataset);
        DerivedTimes.Write(dataset, source, derivation);
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
        var (start, end) = ($"SYNTHETIC {made.DicomModality} (AI) from ", NotForDiagnosis);
        var from = Text(source, DicomTag.SeriesDescription) is { Length: > 0 } text ? text : Text(source, DicomTag.Modality);
        return DerivedText.Repeat(from, characterSet, start, end);
    }

    private static int? Number(DicomDataset source, DicomTag tag) =>
        DicomNumber.TryInteger(Text(source, tag), out int number) ? number : null;

    /// <summary>The region in words and by its code (PS3.16 CID 4031, Annex L).</summary>
    private static void WriteRegion(DicomDataset dataset, DicomDataset source)
    {
        var brain = Text(source, DicomTag.BodyPartExamined) == "BRAIN";
        dataset.AddOrUpdate(DicomTag.BodyPartExamined, brain ? "BRAIN" : "HEAD");
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.AnatomicRegionSequence,
            brain ? DerivedCode.Of("12738006", "SCT", "Brain") : DerivedCode.Of("69536005", "SCT", "Head")));
    }

    /// <summary>Who says that identity was removed has to say how (Type 1C); some do not.</summary>
    private static void WriteDeidentification(DicomDataset dataset)
    {
        if (Text(dataset, DicomTag.PatientIdentityRemoved) == "YES" && Text(dataset, DicomTag.DeidentificationMethod).Length == 0
            && !(dataset.TryGetSequence(DicomTag.DeidentificationMethodCodeSequence, out var codes) && codes.Items.Count > 0))
            dataset.AddOrUpdate(DicomTag.DeidentificationMethod, "Not said by the sender of the source image");
    }
}
