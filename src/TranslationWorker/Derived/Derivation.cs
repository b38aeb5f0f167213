using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>Everything a derived object says of its making beyond its source slice and its pixels.</summary>
public sealed record Derivation
{
    public required ModelFacts Model { get; init; }

    /// <summary>What was translated.</summary>
    public required ModalityProfile From { get; init; }

    /// <summary>What was made.</summary>
    public required ModalityProfile To { get; init; }

    /// <summary><see cref="SourceSet.Digest"/> of the source series.</summary>
    public required string SourceSetDigest { get; init; }

    public required string PipelineVersion { get; init; }

    /// <summary>Time of first generation; stored with the object and never written anew. Its offset, that of the gateway's own clock,
    /// counts where nobody knows the scanners'.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Manufacturer (0008,0070): who runs the gateway.</summary>
    public required string Organization { get; init; }

    /// <summary>Station Name (0008,1010): what archives call this gateway.</summary>
    public required string StationName { get; init; }

    /// <summary>Device Serial Number (0018,1000) of this gateway.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The zone of the scanners' clocks; null when it is not known.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Series Number (0020,0011) that no other series of the study has; null takes it from the source's alone.</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>Frame of the source image, from 1 (Referenced Frame Number); null when it is single-frame.</summary>
    public int? SourceFrame { get; init; }

    /// <summary>Whether this object is one of every slice of the brain.</summary>
    public SliceCoverage Slices { get; init; }

    /// <summary>Part of the UIDs, since it is part of the bytes.</summary>
    public SyntheticMark Mark { get; init; }

    /// <summary>What is shown black and white, where the modality has no window of its own; null takes it from the slice itself, which
    /// makes neighbours flicker.</summary>
    public (float Low, float High)? Shown { get; init; }

    /// <summary>The slice was deformed onto the reference; a whole stack never is.</summary>
    public bool Deform => Model.Deform && Slices == SliceCoverage.Chosen;

    /// <summary>What was used of a series of several stacks: <c>24 images (echo time 100 ms)</c>; empty where it was the whole.</summary>
    public string Stack { get; init; } = "";

    /// <summary>Codes of the gates that a person overrode; never that person's name or words.</summary>
    public IReadOnlyList<string> ReleasedAfter { get; init; } = [];

    public Direction Direction => new(From.Modality, To.Modality);

    /// <summary>Deterministic Series Instance UID: same input, same model, same slices, same series (PS3.5 B.2).</summary>
    public string SeriesUid(string sourceSeriesUid) => Uid("series", sourceSeriesUid);

    /// <summary>Deterministic SOP Instance UID.</summary>
    public string InstanceUid(string sourceSopUid) => Uid("instance", SourceFrame is { } frame ? $"{sourceSopUid}|{frame}" : sourceSopUid);

    /// <summary>A Frame of Reference UID for what is derived from a series that has none: one of its own, shared by all made from
    /// it.</summary>
    public static string FrameOfReferenceUid(string sourceSeriesUid) =>
        NameBasedUuid.ToOid(NameBasedUuid.Create(NameBasedUuid.Gateway, $"frame-of-reference|{sourceSeriesUid}"));

    private string Uid(string kind, string sourceUid) => NameBasedUuid.ToOid(NameBasedUuid.Create(
        NameBasedUuid.Gateway, string.Join('|', kind, SourceSetDigest, sourceUid, Direction.Name, Model.Digest, Pipeline)));

    private string Pipeline => PipelineVersion + (Slices == SliceCoverage.Chosen ? "" : "|all") + (Deform ? "|deformable" : "")
        + (Mark == SyntheticMark.None ? "" : "|marked below");
}
