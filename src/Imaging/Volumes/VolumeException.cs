using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Volumes;

/// <summary>A series that cannot become a volume.</summary>
public sealed class VolumeException(ReasonCode code, string text) : Exception(text)
{
    /// <summary>Shown to users and kept with the series.</summary>
    public Reason Reason { get; } = code.Because(text);
}
