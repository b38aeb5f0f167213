namespace Gateway.Dicom;

/// <summary>What becomes of large values (beyond 64 KiB, if nothing else is said) while a file is read (PS3.10 section 7).</summary>
public enum FileReadOption
{
    /// <summary>A file's large values are read on demand, a stream's at once (PS3.10 section 7).</summary>
    Default = 0,

    /// <summary>Large values, and the fragments of encapsulated pixel data, stay in the file (PS3.10 section 7) until they are asked for;
    /// it must not change and a stream must stay open until then. Deflated values are read at once.</summary>
    ReadLargeOnDemand = 1,

    /// <summary>Large values and encapsulated pixel data are left out of the data set (PS3.10 section 7): the way to read headers.</summary>
    SkipLargeTags = 2,

    /// <summary>All values are read into memory (PS3.10 section 7).</summary>
    ReadAll = 3,
}
