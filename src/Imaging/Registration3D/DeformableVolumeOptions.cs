namespace Gateway.Imaging;

/// <summary>How a volume is registered deformably to another.</summary>
public sealed record DeformableVolumeOptions
{
    /// <summary>Factors by which the grid is coarsened, and the most iterations on each level.</summary>
    public IReadOnlyList<(int Factor, int Iterations)> Levels { get; init; } = [(8, 100), (4, 100), (2, 60), (1, 20)];

    /// <summary>Standard deviation of the Gaussian on each step, voxels of the level.</summary>
    public double UpdateSigma { get; init; } = 3;

    /// <summary>Standard deviation of the Gaussian on the whole field, voxels of the level.</summary>
    public double TotalSigma { get; init; } = 1;

    /// <summary>Longest vector of a step, voxels of the level; less than 1.</summary>
    public float Step { get; init; } = 0.5f;

    /// <summary>Most threads; their number does not change the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
