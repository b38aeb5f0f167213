using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Whether a translation made what an earlier one had made: then nothing new is written.</summary>
internal static class SameResult
{
    /// <summary>What must not differ beside the pixels: whose it is, and where it lies.</summary>
    private static readonly DicomTag[] Compared =
    [
        DicomTag.SpecificCharacterSet, DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate,
        DicomTag.PatientSex, DicomTag.StudyInstanceUID, DicomTag.AccessionNumber, DicomTag.StudyDate, DicomTag.StudyTime,
        DicomTag.SOPClassUID, DicomTag.FrameOfReferenceUID, DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient,
        DicomTag.PixelSpacing, DicomTag.Rows, DicomTag.Columns, DicomTag.InstanceNumber, DicomTag.ContentQualification,
        DicomTag.RescaleIntercept, DicomTag.RescaleSlope, DicomTag.PixelRepresentation,
    ];

    /// <param name="earlier">With its instances.</param>
    /// <param name="result">What was made now.</param>
    /// <param name="objects">Has the earlier images.</param>
    public static bool Is(Series earlier, TranslatedSeries result, IObjectStore objects)
    {
        if (earlier.ModelDigest != result.Model.Digest || earlier.Instances.Count != result.Derived.Count)
            return false;
        var stored = earlier.Instances.ConvertAll(image => Read(image, objects)).ToLookup(Place);
        return result.Derived.All(file => stored[Place(file.Dataset)].Any(image => AreSame(image, file.Dataset)));
    }

    private static string Place(DicomDataset image) => DerivedIdentity.Text(image, DicomTag.InstanceNumber);

    private static bool AreSame(DicomDataset one, DicomDataset other) =>
        Array.TrueForAll([.. Compared, DicomTag.PixelData], tag => Bytes(one, tag).SequenceEqual(Bytes(other, tag)));

    /// <summary>Without the padding that a stored value has and a new one has not yet.</summary>
    private static ReadOnlySpan<byte> Bytes(DicomDataset image, DicomTag tag) =>
        new ReadOnlySpan<byte>(image.GetDicomItem<DicomElement>(tag)?.Buffer.Data).TrimEnd(" \0"u8);

    private static DicomDataset Read(Instance image, IObjectStore objects)
    {
        using var stream = objects.OpenRead(image.Sha256);
        return DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;
    }
}
