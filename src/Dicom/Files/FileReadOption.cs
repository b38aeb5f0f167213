namespace Gateway.Dicom;

/// <summary>What becomes of large values while a file is read.</summary>
public enum FileReadOption
{
    /// <summary>They are read into memory.</summary>
    Default = 0,

    /// <summary>Values beyond 64 KiB are left out of the data set: the way to read headers.</summary>
    SkipLargeTags = 2,
}
