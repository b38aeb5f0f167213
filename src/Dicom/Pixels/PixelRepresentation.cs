namespace Gateway.Dicom;

/// <summary>Whether pixel values have a sign (PS3.3 section C.7.6.3).</summary>
public enum PixelRepresentation
{
    Unsigned,
    Signed,
}
