namespace Gateway.Dicom;

/// <summary>Whether pixel values are signed (PS3.3 section C.7.6.3).</summary>
public enum PixelRepresentation
{
    /// <summary>From 0 on (PS3.3 section C.7.6.3).</summary>
    Unsigned,
    /// <summary>Two's complement (PS3.3 section C.7.6.3).</summary>
    Signed,
}
