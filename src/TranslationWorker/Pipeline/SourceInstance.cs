namespace Gateway.TranslationWorker;

/// <summary>One stored image of the series to translate.</summary>
/// <param name="Open">Opens its Part 10 file as a seekable stream.</param>
/// <param name="Sha256">SHA-256 (lower-case hex) of its content.</param>
public sealed record SourceInstance(string SopInstanceUid, Func<Stream> Open, string Sha256)
{
    /// <summary>A file outside the object store.</summary>
    /// <exception cref="DicomException">The file is no DICOM file.</exception>
    /// <exception cref="InvalidDataException">The file is no Part 10 file.</exception>
    public static SourceInstance File(string path)
    {
        using var file = Open();
        var uid = DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID);
        file.Position = 0;
        return new(uid, Open, SourceSet.ContentDigest(file));

        Stream Open() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }
}
