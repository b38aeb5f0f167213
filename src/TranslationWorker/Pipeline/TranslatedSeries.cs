using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>The result for one series: derived instances, or the reasons for holding it. Either way it has pictures.</summary>
public sealed record TranslatedSeries
{
    public required Direction Direction { get; init; }
    public required ModelFacts Model { get; init; }

    /// <summary>One instance, or one per slice of the brain from the feet. Empty when a gate stopped the series.</summary>
    public required IReadOnlyList<DicomFile> Derived { get; init; }

    /// <summary>The reasons of the gates: why the series is held or, if <see cref="Derived"/> is not empty,
    /// what a person overrode.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Whether a structured report on it is stored and sent with it.</summary>
    public bool IsReported { get; init; }

    public required string ChosenSopInstanceUid { get; init; }

    /// <summary>Index of the slice in the volume, from 0 at the most inferior.</summary>
    public required int ChosenSlice { get; init; }

    /// <summary>Normalised cross-correlation with the reference before and after registration.</summary>
    public required double NccBefore { get; init; }
    public required double NccAfter { get; init; }

    /// <summary>Score of the out-of-distribution gate: 0 is usual, 1 is its limit.</summary>
    public required double GateScore { get; init; }

    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>The sheet as PNG.</summary>
    public required byte[] Sheet { get; init; }

    /// <summary>Every derived slice on one page, as PNG; null if only the chosen one is derived.</summary>
    public byte[]? Montage { get; init; }

    /// <summary>What may be kept for retraining; null for a held series and where nothing may.</summary>
    public PreparedSample? Sample { get; init; }

    /// <summary>What archive and drift are told; null for a synthetic slice.</summary>
    public SliceFigures? Figures { get; init; }

    /// <summary>Wall-clock seconds by stage, in order.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }
}
