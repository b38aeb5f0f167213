using Gateway.Imaging.Grids;

namespace Gateway.Workshop.TrainingSets;

/// <summary>A real T2 slice and the CT that rules make of it; 256 x 256, 1 mm.</summary>
internal sealed record PseudoSlice
{
    /// <summary>The T2 slice, 0..1.</summary>
    public required Image Grey { get; init; }

    /// <summary>HU; -1000 outside the head.</summary>
    public required Image Hounsfield { get; init; }

    public required Mask Head { get; init; }

    public required Mask Brain { get; init; }

    public required Mask Skull { get; init; }

    /// <summary>T2 of white matter, 0..1.</summary>
    public required float White { get; init; }

    /// <summary>T2 of CSF, 0..1.</summary>
    public required float Csf { get; init; }

    /// <summary>T2 where grey matter passes into CSF, 0..1.</summary>
    public float LeastCsf => (GreyMatter + Csf) / 2;

    /// <summary>T2 of grey matter, 0..1.</summary>
    public float GreyMatter => Math.Min(1.45f * White, White + (0.45f * (Csf - White)));

    /// <summary>The CT as the scanner's point spread shows it, over a window in HU, in [-1, 1]; -1 outside the head.</summary>
    public Image Ct(float low, float high) =>
        Head.Apply(GaussianFilter.Apply(Hounsfield, 0.8, 0.8).Normalise(low, high).Map(v => 2 * v - 1), -1);
}
