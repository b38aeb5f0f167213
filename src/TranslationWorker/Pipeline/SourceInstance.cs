namespace Gateway.TranslationWorker;

/// <summary>One stored image of the series to translate.</summary>
/// <param name="Open">Opens its Part 10 file as a seekable stream.</param>
/// <param name="Sha256">SHA-256 (lower-case hex) of its content.</param>
public sealed record SourceInstance(string SopInstanceUid, Func<Stream> Open, string Sha256)
{
    /// <summary>Numbers of the frames that are used, from 1, ascending; null where all are, and for a single-frame image.</summary>
    public IReadOnlyList<int>? Frames { get; init; }

    /// <summary>It holds less pixel data than its header says.</summary>
    public bool PixelDataShort { get; init; }

    /// <summary>The image's attributes without its pixels.</summary>
    /// <exception cref="DicomException">It cannot be parsed.</exception>
    public DicomDataset Header()
    {
        using var stream = Open();
        return DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset;
    }

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
