namespace Gateway.Imaging.Tests;

/// <summary>The vector loops beside the plainest code that says the same; sizes that are no multiple of eight.</summary>
public sealed class VolumeKernelTests
{
    private const int Width = 21;
    private const int Height = 19;
    private const int Depth = 17;

    [Fact]
    public void The_gradient_of_the_local_correlation_is_its_growth()
    {
        var (fixedVolume, moved) = (Noise(1), Noise(2).Voxels);
        var correlation = new LocalVolumeCorrelation(fixedVolume, threads: 2);
        var gradient = new DisplacementField3D(Width, Height, Depth).Axes;
        correlation.Evaluate(moved, gradient);
        foreach (var (x, y, z) in ((int, int, int)[])[(10, 9, 8), (1, 1, 1), (19, 17, 15), (4, 12, 3), (17, 2, 14)])
        {
            var at = (z * Height + y) * Width + x;
            var (slope, unused) = ((moved[at + 1] - moved[at - 1]) / 2, new DisplacementField3D(Width, Height, Depth).Axes);
            double Changed(float by) => correlation.Evaluate([.. moved.Select((value, i) => i == at ? value + by : value)], unused) * moved.Length;
            var growth = (Changed(0.02f) - Changed(-0.02f)) / 0.04;
            Assert.Equal(growth * slope, gradient[0][at], 0.02 * Math.Abs(growth * slope) + 2e-4);
        }
        Assert.Equal(0, gradient[1][0]);
    }

    [Fact]
    public void Local_correlation_is_that_of_every_window()
    {
        var (a, b) = (Noise(3), Noise(4));
        var expected = 0.0;
        for (var z = 0; z < Depth; z++)
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                    expected += Window(a, b, x, y, z) / a.Voxels.Length;
        Assert.Equal(expected, new LocalVolumeCorrelation(a, 1).Evaluate(b.Voxels, new DisplacementField3D(Width, Height, Depth).Axes), 1e-4);
    }

    [Fact]
    public void A_step_is_composed_as_trilinear_interpolation_says()
    {
        var (step, total, result) = (Field(5, 0.8f), Field(6, 3), new DisplacementField3D(Width, Height, Depth));
        FieldComposition.Compose(step.Axes, 0.7f, total.Axes, result.Axes, (Width, Height, Depth), 2);
        for (var i = 0; i < result.X.Length; i++)
        {
            var (p, v) = (new Vector3D(i % Width, i / Width % Height, i / (Width * Height)), new Vector3D(step.X[i], step.Y[i], step.Z[i]) * 0.7);
            var expected = v + total.At(p + v);
            Assert.Equal(0, (expected - new Vector3D(result.X[i], result.Y[i], result.Z[i])).Length, 1e-4);
        }
    }

    [Fact]
    public void Smoothing_is_the_same_along_each_axis_and_tells_the_longest_vector()
    {
        var (field, result, smoothing) = (new DisplacementField3D(Width, Height, Depth), new DisplacementField3D(Width, Height, Depth), new FieldSmoothing(Width, Height, Depth, 2));
        var middle = (8 * Height + 9) * Width + 10;
        field.X[middle] = 1;
        var longest = smoothing.Apply(field.Axes, result.Axes, 1.5);
        var taps = GaussianFilter.Kernel(1.5, 3);
        Assert.Equal(taps[3] * taps[3] * taps[3], longest, 1e-6f);
        Assert.Equal(taps[1] * taps[3] * taps[3], result.X[middle + 2], 1e-6f);
        Assert.Equal(taps[1] * taps[5] * taps[0], result.X[middle - 2 + 2 * Width + 3 * Width * Height], 1e-6f);
        Assert.Equal(1, result.X.Sum(), 1e-4f);
        Assert.Equal(0, result.Y.Max());
    }

    private static double Window(VoxelVolume a, VoxelVolume b, int x, int y, int z)
    {
        var pairs = new List<(double A, double B)>();
        for (var k = Math.Max(0, z - 4); k <= Math.Min(Depth - 1, z + 4); k++)
            for (var j = Math.Max(0, y - 4); j <= Math.Min(Height - 1, y + 4); j++)
                for (var i = Math.Max(0, x - 4); i <= Math.Min(Width - 1, x + 4); i++)
                    pairs.Add((a[i, j, k], b[i, j, k]));
        var (meanA, meanB) = (pairs.Average(p => p.A), pairs.Average(p => p.B));
        var covariance = pairs.Average(p => (p.A - meanA) * (p.B - meanB));
        return covariance * covariance / (pairs.Average(p => (p.A - meanA) * (p.A - meanA)) * pairs.Average(p => (p.B - meanB) * (p.B - meanB)));
    }

    private static VoxelVolume Noise(int seed)
    {
        var (random, volume) = (new Random(seed), new VoxelVolume(Width, Height, Depth, AffineTransform3D.Identity));
        for (var i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = random.NextSingle();
        return volume;
    }

    private static DisplacementField3D Field(int seed, float size)
    {
        var (random, field) = (new Random(seed), new DisplacementField3D(Width, Height, Depth));
        foreach (var axis in field.Axes)
            for (var i = 0; i < axis.Length; i++)
                axis[i] = size * (2 * random.NextSingle() - 1);
        return field;
    }
}
