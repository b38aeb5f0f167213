namespace Gateway.RegistrationBench;

/// <summary>The deformable stage's inner loops on one core, beside what the core can do.</summary>
internal sealed record KernelCosts(double Memory, double Cache, double Peak, IReadOnlyList<KernelCost> Loops)
{
    private const int Side = Reference.Side;

    /// <summary>Bytes, FLOPs: reads and writes of a box mean's two passes; 8 additions along a row, 2 down a column, one product.</summary>
    private static readonly (double Bytes, double Flops) Box = (16, 13);

    public static KernelCosts Measure(Image picture)
    {
        var (moved, slope, curvature) = ((float[])[.. picture.Pixels], new float[Side * Side], new float[Side * Side]);
        var correlation = new WindowCorrelation(picture, DeformableOptions.Full.WindowRadius, DeformableOptions.Full.VarianceFloor);
        var lattice = new SplineLattice(Side, Side);
        var system = new SplineSystem(lattice, new(lattice.Columns, lattice.Rows, 1, 1));
        var (right, step) = (new float[2 * lattice.Points], new float[2 * lattice.Points]);
        Array.Fill(right, 1);
        const int iterations = 20;
        var (smoothing, taps) = (new Smoothing(Side, Side, 2), GaussianFilter.Kernel(2).Length);
        var moving = new MovingImage(Side, Side);
        moving.Load(picture);
        return new(CoreLimits.Bandwidth(16 << 20), CoreLimits.Bandwidth(Side * Side / 2), CoreLimits.Peak(),
        [
            // Copies and products 28, seven means, window by window 36, combined 32.
            Cost(
                "local correlation and its derivatives", 28 + 7 * Box.Bytes + 36 + 32, 2 + 7 * Box.Flops + 19 + 6, 1,
                () => correlation.Derivatives(moved, slope, curvature)),
            // One vector a pixel, a quarter of widened rows in, and in and out again; four rows to one and back, twice, and the projection.
            Cost(
                "one iteration of conjugate gradients", 8 + 2 + 4, 14 + 5 + 16 + 7.5, iterations,
                () => system.Solve(slope, curvature, right, step, iterations)),
            Cost(
                "moving picture and its slopes at displaced pixels", 8 + 16 + 12, 3 * 9 + 6, 1,
                () => Sample(moving, slope, curvature, moved)),
            Cost($"Gaussian, {taps} taps each way", 16, 4 * taps, 1, () => smoothing.Apply(moved)),
        ]);
    }

    private static KernelCost Cost(string name, double bytes, double flops, int times, Action loop)
    {
        const int rounds = 20;
        return new(name, CoreLimits.Best(() =>
        {
            for (var i = 0; i < rounds; i++)
                loop();
        }) / (rounds * times), bytes, flops);
    }

    private static void Sample(MovingImage moving, float[] x, float[] y, float[] result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var sample = moving.At(i % Side + x[i], i / Side + y[i]);
            result[i] = sample[0] + sample[1] + sample[2];
        }
    }
}
