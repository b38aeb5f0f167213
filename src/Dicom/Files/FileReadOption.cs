namespace Gateway.Dicom;

/// <summary>How large values (over 64 KiB by default) are treated when a file is read (PS3.10 section 7).</summary>
public enum FileReadOption
{
    /// <summary>A file's large values are read on demand, a stream's at once (PS3.10 section 7).</summary>
    Default = 0,

    /// <summary>Large values, and the fragments of encapsulated pixel data, stay in the file (PS3.10 section 7)
    /// until they are asked for. Until
    /// then a file must not change, and a stream must stay open. Deflated values are read at once.</summary>
    ReadLargeOnDemand = 1,

    /// <summary>Large values and encapsulated pixel data are left out of the data set (PS3.10 section 7); meant
    /// for reading headers.</summary>
    SkipLargeTags = 2,

    /// <summary>All values are read into memory (PS3.10 section 7).</summary>
    ReadAll = 3,
}
