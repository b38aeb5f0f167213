using System.Globalization;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>One training run of a table.</summary>
public sealed record TuneCell
{
    /// <summary>Of its row: cells of one name differ in their seed.</summary>
    public required string Name { get; init; }

    /// <summary>Images of each modality that it is trained on; null: all.</summary>
    public int? Images { get; init; }

    /// <summary>The recipe, its seed included.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Steps after which it is scored, ascending; the last one ends it.</summary>
    public required IReadOnlyList<int> Milestones { get; init; }

    /// <summary>Name of its folder.</summary>
    public string Folder => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' ? c : '-'))}-seed-{Options.Seed}");
}
