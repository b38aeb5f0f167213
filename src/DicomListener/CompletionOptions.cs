using System.ComponentModel.DataAnnotations;

namespace Gateway.DicomListener;

/// <summary>How long a study must be quiet before it counts as complete: C-STORE (PS3.7 §9.1.1) knows no end of study.</summary>
public sealed class CompletionOptions
{
    /// <summary>After the last association that brought images of it was released (PS3.8 §7.2).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReleasedQuiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After the last STOW-RS request that brought images of it (PS3.18 §10.5). A request should bring a whole study, but archives
    /// send one in many.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StowQuiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a sender was last heard whose association was aborted or lost (PS3.8 §7.3 and §7.4), unless it has released another
    /// since: scanners try again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AbortedQuiet { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After the last image (PS3.7 §9.1.1), whatever associations are still open.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleForced { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>How often open studies are looked at. PS3.4 §B.3 leaves to the SCP what it does after storage.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
}
