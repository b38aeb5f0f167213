using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Translation</c> section: how much of a series is translated, and what is told of it.</summary>
public sealed class TranslationOptions
{
    public const string Section = "Translation";

    /// <summary>Part of the derived UIDs: a series of one slice and one of every slice never share any.</summary>
    public SliceCoverage Slices { get; init; } = SliceCoverage.Chosen;

    /// <summary>SYNTHETIC on the pictures that are sent; part of the derived UIDs.</summary>
    public SyntheticMark Mark { get; init; }

    /// <summary>A structured report on every derived series, sent where the series is sent (<see cref="ResultReport"/>).</summary>
    public bool Report { get; init; }

    /// <summary>One picture more: how far the chosen slice, translated there and back, differs from itself (<c>CycleError</c>).</summary>
    public bool Uncertainty { get; init; }

    /// <summary>So much of a series' pixels is held decoded at a time; the rest is read again when it is needed.</summary>
    [Range(1, 1 << 20)]
    public int DecodedMebibytes { get; init; } = 256;
}
