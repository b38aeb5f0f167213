namespace Gateway.VolumeRegistration;

/// <summary>How a volume is registered deformably to another.</summary>
public sealed record DeformableVolumeOptions
{
    /// <summary>Factors by which the grid is coarsened, voxels of the level between two control points (4 or 2), and the most Gauss-Newton
    /// steps.</summary>
    public IReadOnlyList<(int Factor, int Spacing, int Steps)> Levels { get; init; } = [(2, 4, 12), (1, 4, 3), (1, 2, 3)];

    /// <summary>Iterations of conjugate gradients in a step.</summary>
    public int SolverIterations { get; init; } = 8;

    /// <summary>Weight of the bending energy, mm²: squared second derivatives, integrated.</summary>
    public double Stiffness { get; init; } = 1;

    /// <summary>Weight of the stretching energy: squared first derivatives, integrated.</summary>
    public double Tension { get; init; } = 0.1;

    /// <summary>Variance of [0, 1] values below which a window counts less.</summary>
    public float VarianceFloor { get; init; } = 1e-3f;

    /// <summary>Blur of both volumes before they are compared, voxels of the level; 0 for none.</summary>
    public double Blur { get; init; } = 0.4;

    /// <summary>Relative fall of the energy below which a level ends.</summary>
    public double Enough { get; init; } = 1e-4;

    /// <summary>Smallest and largest change of volume: near them the lattice is made stiffer, and what still exceeds them is
    /// smoothed.</summary>
    public (double Least, double Most) Jacobian { get; init; } = (0.21, 4.8);

    /// <summary>Most threads; their number does not change the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
