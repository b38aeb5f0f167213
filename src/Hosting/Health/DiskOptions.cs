using System.ComponentModel.DataAnnotations;

namespace Gateway.Hosting;

/// <summary>The <c>Disk</c> section of the configuration.</summary>
public sealed class DiskOptions
{
    public const string Section = "Disk";

    /// <summary>Free space in the data directory, in MiB, below which nothing more is accepted.</summary>
    [Range(1, 1_048_576)]
    public int MinimumFreeMebibytes { get; init; } = 1_024;
}
