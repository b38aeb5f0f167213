namespace Gateway.Dicom;

/// <summary>How the samples of colour pixels lie (PS3.3 section C.7.6.3.1.3).</summary>
public enum PlanarConfiguration
{
    /// <summary>Pixel by pixel (PS3.3 section C.7.6.3.1.3).</summary>
    Interleaved,
    /// <summary>Sample by sample, each a whole plane (PS3.3 section C.7.6.3.1.3).</summary>
    Planar,
}
