namespace Gateway.Imaging.Volumes;

/// <summary>A series that cannot become a volume; <see cref="Code"/> is the reason shown to users and kept with the series.</summary>
public sealed class VolumeException(string code, string text) : Exception(text)
{
    /// <summary>Kebab-case reason, e.g. <c>pixel-data-short</c>.</summary>
    public string Code { get; } = code;
}
