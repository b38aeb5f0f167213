using System.ComponentModel.DataAnnotations;

namespace Gateway.Persistence;

/// <summary>The <c>Archive</c> section: what is kept for retraining.</summary>
public sealed class ArchiveOptions
{
    public const string Section = "Archive";

    /// <summary>The shortest file that is taken for a key, in bytes.</summary>
    public const int ShortestKey = 32;

    /// <summary>Whether anything is kept. What is there already stays.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>File with the secret key of the pseudonyms; without one, <c>archive.key</c> in the data folder, made at first
    /// use.</summary>
    public string? PseudonymKey { get; init; }

    /// <summary>Calling AE titles whose series are kept; empty for all.</summary>
    public List<string> AllowCallers { get; } = [];

    /// <summary>Calling AE titles whose series are not kept.</summary>
    public List<string> DenyCallers { get; } = [];

    /// <summary>A series is not kept if its description or its study's holds one of these, in either case.</summary>
    public List<string> DenyWords { get; } = [];

    /// <summary>How long a sample is kept, by days; null for ever.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? KeepFor { get; init; }
}
