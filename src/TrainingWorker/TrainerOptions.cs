using System.ComponentModel.DataAnnotations;

namespace Gateway.TrainingWorker;

/// <summary>The <c>Training</c> section: when models are retrained, by what recipe, and what becomes of them.</summary>
public sealed class TrainerOptions
{
    public const string Section = "Training";

    /// <summary>A job so long after the one before, or after the first sample came; null: none by the clock.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan? Every { get; init; }

    /// <summary>A job when so many subjects are in the archive that the last manifest does not list; 0: none by their number.</summary>
    [Range(0, int.MaxValue)]
    public int NewSubjects { get; init; }

    public TrainingBudget Budget { get; init; } = new();

    /// <summary>Threads of one step on the CPU; 0 is as the recipe says. A job keeps what it began with.</summary>
    [Range(0, 256)]
    public int Threads { get; init; }

    /// <summary>Where the steps are made: <c>auto</c> takes a GPU where torch has one.</summary>
    [RegularExpression("^(auto|cpu|cuda)$")]
    public string Device { get; init; } = "auto";

    /// <summary>Folder for the files of jobs under way, on a disk of this machine; <c>training</c> in the data folder by default.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Name of a shipped recipe, or file of one; without it <c>fine-tune</c>, which goes on from the champions.</summary>
    public string? Recipe { get; init; }

    /// <summary>Phantoms that a model is judged by, beside the test subjects of the archive; fewer take less time and tell less.</summary>
    [Range(2, 1000)]
    public int GatePhantoms { get; init; } = 24;

    /// <summary>What becomes of a model that passed the gates.</summary>
    public ActivationPolicy Activation { get; init; } = ActivationPolicy.Manual;

    /// <summary>How long a trainer that falls silent keeps its job; renewed at a third of it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a free trainer looks for jobs that wait, and for reasons to make one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);
}
