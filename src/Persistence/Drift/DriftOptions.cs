using System.ComponentModel.DataAnnotations;

namespace Gateway.Persistence;

/// <summary>The <c>Drift</c> section: when live series are unlike the archive's.</summary>
public sealed class DriftOptions
{
    public const string Section = "Drift";

    /// <summary>Population stability index from which a figure is to be watched.</summary>
    [Range(0.001, 100)]
    public double Watch { get; init; } = 0.1;

    /// <summary>The same, from which retraining is suggested.</summary>
    [Range(0.001, 100)]
    public double Suggest { get; init; } = 0.25;

    /// <summary>Retraining is suggested when the held share is so many times what it was.</summary>
    [Range(1, 100)]
    public double HeldTimes { get; init; } = 2;

    /// <summary>Retraining is suggested when so many patients of the archive are new to the champion.</summary>
    [Range(1, int.MaxValue)]
    public int NewSubjects { get; init; } = 100;

    /// <summary>With fewer series on either side nothing is compared.</summary>
    [Range(2, int.MaxValue)]
    public int Fewest { get; init; } = 20;

    /// <summary>So many weeks are looked at, the current one included.</summary>
    [Range(2, 104)]
    public int Weeks { get; init; } = 12;
}
