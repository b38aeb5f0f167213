namespace Gateway.TranslationWorker;

/// <summary>One stored image of the series to translate.</summary>
/// <param name="Open">Gives its Part 10 file as a stream that can seek.</param>
/// <param name="Sha256">SHA-256 (lower-case hex) of what it holds.</param>
public sealed record SourceInstance(string SopInstanceUid, Func<Stream> Open, string Sha256)
{
    /// <summary>A file outside the object store.</summary>
    /// <exception cref="DicomException">It is no DICOM file.</exception>
    /// <exception cref="InvalidDataException">It is no Part 10 file.</exception>
    public static SourceInstance File(string path)
    {
        using var file = Open();
        var uid = DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID);
        file.Position = 0;
        return new(uid, Open, SourceSet.ContentDigest(file));

        Stream Open() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }
}
