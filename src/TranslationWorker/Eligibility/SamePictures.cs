using Gateway.DicomCodecs;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Whether images that came again are the same pictures as before: a header that was corrected, and not another patient under UIDs
/// that were used twice.</summary>
public sealed class SamePictures(IObjectStore objects)
{
    /// <summary>Compares the pixels without their compression. A copy that says its patient's identity was removed (0012,0062) corrects
    /// nothing; one that cannot be read is not the same.</summary>
    public bool AreIn(PatientCorrection correction, CancellationToken cancel) => correction.Copies.All(pair =>
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var (before, now) = (Read(pair.Before), Read(pair.Now));
            return now.GetSingleValueOrDefault(DicomTag.PatientIdentityRemoved, "").Trim() != "YES"
                && Pixels(before).AsSpan().SequenceEqual(Pixels(now));
        }
        catch (DicomException)
        {
            return false;
        }
    });

    private DicomDataset Read(Instance image)
    {
        using var stream = objects.OpenRead(image.Sha256);
        return DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;
    }

    private static byte[] Pixels(DicomDataset image) => image.Contains(DicomTag.PixelData)
        ? DicomDecoder.Decode(image).GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data
        : [];
}
