using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>What came of one series: derived instances, or the reasons for holding it back. Pictures come either way.</summary>
public sealed record TranslatedSeries
{
    public required Direction Direction { get; init; }
    public required ModelFacts Model { get; init; }

    /// <summary>One instance, or one a slice of the brain from the feet; empty when a gate said no.</summary>
    public required IReadOnlyList<DicomFile> Derived { get; init; }

    /// <summary>What the gates said: why it is held, or what a person overrode where <see cref="Derived"/> is there.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    public required string ChosenSopInstanceUid { get; init; }

    /// <summary>Index of the slice in the volume, from 0 at the most inferior.</summary>
    public required int ChosenSlice { get; init; }

    /// <summary>Normalised cross-correlation with the reference before and after registration.</summary>
    public required double NccBefore { get; init; }
    public required double NccAfter { get; init; }

    /// <summary>Of the out-of-distribution gate: 0 is usual, 1 its limit.</summary>
    public required double GateScore { get; init; }

    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>The sheet as PNG.</summary>
    public required byte[] Sheet { get; init; }

    /// <summary>Every derived slice on one page, as PNG; null where there is only the chosen one.</summary>
    public byte[]? Montage { get; init; }

    /// <summary>Wall-clock seconds by stage, in order.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }
}
