namespace Gateway.DicomNetwork;

/// <summary>How the elements of a data set are encoded (PS3.5 §7 and Annex A), whether or not its pixels are compressed.</summary>
public enum DataSetEncoding
{
    /// <summary>No VRs (PS3.5 §A.1).</summary>
    ImplicitLittleEndian,

    /// <summary>With VRs (PS3.5 §A.2).</summary>
    ExplicitLittleEndian,

    /// <summary>With VRs, high bytes first; retired (PS3.5 §A.3).</summary>
    ExplicitBigEndian,

    /// <summary>Explicit little endian inside one raw deflate stream (RFC 1951) (PS3.5 §A.5).</summary>
    DeflatedLittleEndian,
}
