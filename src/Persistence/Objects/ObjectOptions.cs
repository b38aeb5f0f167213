using System.ComponentModel.DataAnnotations;

namespace Gateway.Persistence;

/// <summary>The <c>Objects</c> section of the configuration.</summary>
public sealed class ObjectOptions
{
    public const string Section = "Objects";
    public const string FolderKey = $"{Section}:{nameof(Folder)}";

    /// <summary>Where the objects are; without one, <c>objects</c> in the data folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Age from which an object that no row names is deleted. Far above what any writer takes from storing an object to naming
    /// it.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often they are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromHours(1);
}
