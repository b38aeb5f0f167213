namespace Gateway.DicomNetwork;

/// <summary>How the elements of a data set are laid out (PS3.5 §7 and Annex A), whatever its pixels are compressed with.</summary>
public enum DataSetEncoding
{
    ImplicitLittleEndian,
    ExplicitLittleEndian,
    ExplicitBigEndian,

    /// <summary>Explicit little endian inside one raw deflate stream (RFC 1951).</summary>
    DeflatedLittleEndian,
}
