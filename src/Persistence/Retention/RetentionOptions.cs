using System.ComponentModel.DataAnnotations;

namespace Gateway.Persistence;

/// <summary>The <c>Retention</c> section of the configuration: how long history is kept. Work that is not finished, and what images are
/// kept by, is none.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Messages whose handler is done with them. Far longer than a broker could bring one again: then it would be handled
    /// again.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Messages { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Associations that have ended, and storage commitments that were reported. Those that images came by are kept with
    /// them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Associations { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Refusals, and what lies in the quarantine.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Refusals { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Failures that were replayed. Others are work that somebody has yet to decide on.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Failures { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Copies for people in <c>out/</c>; null keeps them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Copies { get; init; }

    /// <summary>How often a listener deletes what is too old.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}
