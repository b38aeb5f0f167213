namespace Gateway.Imaging.Files;

/// <summary>How a volume is written as NIfTI.</summary>
public sealed record NiftiFormat
{
    /// <summary>1 or 2.</summary>
    public int Version { get; init; } = 1;

    public NiftiNumber Number { get; init; } = NiftiNumber.Single;

    /// <summary>Value of one stored step; not 0. Values are rounded to steps and clipped to the range of the stored number.</summary>
    public double Slope { get; init; } = 1;

    /// <summary>Value of a stored 0.</summary>
    public double Intercept { get; init; }
}
