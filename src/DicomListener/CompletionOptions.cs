using System.ComponentModel.DataAnnotations;

namespace Gateway.DicomListener;

/// <summary>How long a study must be quiet before it counts as complete: DICOM has no end of study.</summary>
public sealed class CompletionOptions
{
    /// <summary>After the last association that brought images of it was released.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReleasedQuiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After the last association was aborted or lost: scanners try again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AbortedQuiet { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After the last image, whatever associations are still open.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleForced { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>How often studies are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);
}
