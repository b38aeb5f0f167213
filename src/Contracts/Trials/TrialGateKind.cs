using System.Globalization;
using Gateway.Contracts.Reasons;

namespace Gateway.Contracts.Trials;

/// <summary>
/// The gates of a retrained model, with their limits. docs/operations.md, "When a model is accepted", shows the same table. Why some limits
/// are absolute and others relative is told in docs/decisions.
/// </summary>
public sealed class TrialGateKind
{
    // First: the entries below put themselves into it.
    private static readonly List<TrialGateKind> Table = [];

    public static readonly TrialGateKind File = new(
        "file", "is a generator of this pair: it loads, its metadata, shape and window fit, its weights are numbers",
        ReasonCode.ModelUnreadable)
    { IsHard = true };
    public static readonly TrialGateKind Evidence = new(
        "evidence", "sets of slices that it was judged on", ReasonCode.ModelUntested)
    { AtLeast = 1, IsHard = true };
    public static readonly TrialGateKind Parity = new("parity", "the file computes what the trained network does: greatest difference",
        ReasonCode.ModelParity)
    { AtMost = 1e-4, IsHard = true };
    public static readonly TrialGateKind Finite = new("finite", "share of the pictures that hold only numbers", ReasonCode.ModelNotFinite)
    {
        AtLeast = 1,
        IsHard = true,
    };
    public static readonly TrialGateKind Range = new("range", "greatest value it makes", ReasonCode.ModelRange)
    {
        AtMost = 1.001,
        IsHard = true,
    };
    public static readonly TrialGateKind Diversity = new("diversity", "differences among its pictures, relative to those among real ones",
        ReasonCode.ModelCollapsed)
    { AtLeast = 0.7, AtMost = 1.4, IsHard = true };
    public static readonly TrialGateKind Retrieval = new(
        "retrieval", "share of its pictures whose nearest input by MIND is the one they were made of",
        ReasonCode.ModelCollapsed)
    { AtLeast = 0.9, IsHard = true };
    public static readonly TrialGateKind Discriminator = new(
        "discriminator", "accuracy of the discriminator at the end of the training (shown, not judged)",
        ReasonCode.ModelCollapsed);
    public static readonly TrialGateKind Copy = new(
        "copy", "distance of its pictures to their inputs, relative to the distance to the truth",
        ReasonCode.ModelCopiesInput)
    { AtLeast = 1, IsHard = true };
    public static readonly TrialGateKind Direction = new("direction", "error when it is fed the other modality, relative to its error",
        ReasonCode.ModelDirection)
    { AtLeast = 1, IsHard = true };
    public static readonly TrialGateKind Baseline = new(
        "baseline", "error relative to that of the best trivial method: constant mean, copy, grey map, grey map with mean, PseudoCt",
        ReasonCode.ModelBaseline)
    { AtMost = 1, IsHard = true };
    public static readonly TrialGateKind Outline = new("outline", "overlap (Dice) of the head with the truth's, or the input's",
        ReasonCode.ModelWorse)
    { AtLeast = 0.97, Tolerance = 0.005 };
    public static readonly TrialGateKind Structure = new("structure", "MIND distance of input and picture", ReasonCode.ModelWorse)
    {
        Lower = true,
        RelativeTolerance = 0.02,
    };
    public static readonly TrialGateKind Edges = new(
        "edges", "correlation of gradients with the truth's, or the input's", ReasonCode.ModelWorse)
    { Tolerance = 0.01 };
    public static readonly TrialGateKind Cycle = new(
        "cycle", "SSIM of the input and its translation there and back", ReasonCode.ModelWorse)
    { Tolerance = 0.005 };
    public static readonly TrialGateKind Hidden = new(
        "hidden", "what SSIM of the cycle loses when the picture is rounded to 8 bits and gets noise of 2 %",
        ReasonCode.ModelHidesInput)
    { AtMost = 0.05, Tolerance = 0.005 };
    public static readonly TrialGateKind Realism = new("realism", "kernel distance to real pictures on 28 radiomic figures (no Inception)",
        ReasonCode.ModelWorse)
    { Lower = true, RelativeTolerance = 0.1, ByBootstrap = true };
    public static readonly TrialGateKind Lesions = new(
        "lesions", "share of inserted lesions that keep half their contrast to noise, with the right sign",
        ReasonCode.ModelLosesLesions)
    { AtLeast = 0.8, Tolerance = 0.05, ByBootstrap = true };
    public static readonly TrialGateKind Contrast = new(
        "contrast", "mean contrast to noise of inserted lesions in its pictures, relative to theirs; negative: turned round",
        ReasonCode.ModelLosesLesions)
    { Tolerance = 0.03, ByBootstrap = true };
    public static readonly TrialGateKind Inventions = new(
        "inventions", "spots of more than 3 mm a picture that the champion does not make and the truth does not have",
        ReasonCode.ModelInvents)
    { AtMost = 0.05, Tolerance = 0, ByBootstrap = true };
    public static readonly TrialGateKind Error = new("error", "mean absolute error inside the head: HU, or grey of a range of 1",
        ReasonCode.ModelWorse)
    { Lower = true, RelativeTolerance = 0.03, ByBootstrap = true };
    public static readonly TrialGateKind Likeness = new("likeness", "SSIM with the truth inside the head", ReasonCode.ModelWorse)
    {
        Tolerance = 0.005,
        ByBootstrap = true,
    };

    private TrialGateKind(string name, string meaning, ReasonCode reason)
    {
        (Name, Meaning, Reason) = (name, meaning, reason);
        Table.Add(this);
    }

    /// <summary>Every gate, in the order of the table and of a report.</summary>
    public static IReadOnlyList<TrialGateKind> All => Table;

    public string Name { get; }

    /// <summary>What is measured, for an operator, on one line.</summary>
    public string Meaning { get; }

    /// <summary>What a model is rejected for that does not pass.</summary>
    public ReasonCode Reason { get; }

    /// <summary>The absolute limits; null for none.</summary>
    public double? AtLeast { get; private init; }
    public double? AtMost { get; private init; }

    /// <summary>True: the absolute limit also counts where the champion misses it.</summary>
    public bool IsHard { get; private init; }

    /// <summary>By how much the figure may be worse than the champion's; null: it is not compared.</summary>
    public double? Tolerance { get; private init; }

    /// <summary>The same, as a share of the champion's figure.</summary>
    public double? RelativeTolerance { get; private init; }

    /// <summary>True: worse only if the whole 95 % interval of the difference is beyond the tolerance. False: if the mean is.</summary>
    public bool ByBootstrap { get; private init; }

    /// <summary>Whether less is better.</summary>
    public bool IsLowerBetter => Lower || (AtMost is not null && AtLeast is null);

    private bool Lower { get; init; }

    /// <summary>The absolute limit in words; empty for none.</summary>
    public string AbsoluteLimit => (AtLeast, AtMost) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"at least {low}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"at most {high}"),
        _ => "",
    };

    /// <summary>The limit against the champion in words; empty where it is not compared.</summary>
    public string RelativeLimit => (Tolerance, RelativeTolerance) switch
    {
        ({ } much, _) => string.Create(CultureInfo.InvariantCulture, $"not worse by more than {much}") + Bootstrapped,
        (_, { } share) => string.Create(CultureInfo.InvariantCulture, $"not worse by more than {100 * share} %") + Bootstrapped,
        _ => "",
    };

    private string Bootstrapped => ByBootstrap ? ", beyond its 95 % interval" : "";

    /// <summary>The codes in Markdown; empty for a gate that is only shown.</summary>
    public string RejectedWith =>
        this == Discriminator ? "" : string.Join(", ", (this == File ? OfFile : [Reason]).Select(code => $"`{code}`"));

    private static ReasonCode[] OfFile =>
        [ReasonCode.ModelUnreadable, ReasonCode.ModelShape, ReasonCode.ModelPair, ReasonCode.ModelDirection, ReasonCode.ModelNotFinite];

    public bool Meets(double value) => !(value < AtLeast) && !(value > AtMost) && !double.IsNaN(value);

    public override string ToString() => Name;
}
