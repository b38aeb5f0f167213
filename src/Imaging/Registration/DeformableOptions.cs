namespace Gateway.Imaging.Registration;

/// <summary>How hard the deformable registration works, and how stiff it is.</summary>
public sealed record DeformableOptions
{
    /// <summary>Takes well under a quarter of a second for a slice on one core.</summary>
    public static DeformableOptions Fast { get; } = new() { Steps = [4, 6, 8, 8], SolverIterations = 12, Moves = 8, Enough = 1e-4 };

    /// <summary>Runs until hardly anything moves.</summary>
    public static DeformableOptions Full { get; } = new() { Steps = [20, 15, 15, 15] };

    /// <summary>Most Gauss-Newton steps on each level; the finest level (1 mm) comes first.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>Iterations of conjugate gradients in a step.</summary>
    public int SolverIterations { get; init; } = 25;

    /// <summary>Most fluid moves after the elastic levels. They end earlier where two pictures agree.</summary>
    public int Moves { get; init; } = 20;

    /// <summary>Reach of the correlation's window, pixels of the level.</summary>
    public int WindowRadius { get; init; } = 4;

    /// <summary>Variance of [0, 1] values below which a window counts less.</summary>
    public float VarianceFloor { get; init; } = 1e-3f;

    /// <summary>Relative fall of the energy below which a level ends.</summary>
    public double Enough { get; init; } = 1e-5;

    /// <summary>Weight of the bending energy, mm²: squared second derivatives, integrated.</summary>
    public float Stiffness { get; init; } = 30;

    /// <summary>Weight of the stretching energy: squared first derivatives, integrated.</summary>
    public float Tension { get; init; } = 0.1f;

    /// <summary>Blur of both pictures before they are compared, pixels of the level; 0 for none.</summary>
    public float Blur { get; init; } = 0.5f;
}
