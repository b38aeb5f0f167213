using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

/// <summary>The vector loops beside the plainest code that says the same; heights and depths that are no multiple of four.</summary>
public sealed class VolumeKernelTests
{
    private const int Width = 24;
    private const int Height = 19;
    private const int Depth = 17;
    private const float Floor = 1e-3f;

    [Fact]
    public void The_first_derivative_of_the_local_correlation_is_its_growth()
    {
        var fixedVolume = Noise(1);
        // Alike, so that no window's correlation is negative and taken as 0.
        float[] moved = [.. fixedVolume.Voxels.Zip(Noise(2).Voxels, (a, b) => 0.5f * a + 0.5f * b)];
        var correlation = new LocalVolumeCorrelation(fixedVolume, Floor, threads: 2);
        correlation.Evaluate(moved);
        var growth = correlation.Step.Zip(correlation.Curvature, (step, curvature) => step * curvature).ToArray();
        foreach (var (x, y, z) in ((int, int, int)[])[(10, 9, 8), (1, 1, 1), (22, 17, 15), (4, 12, 3), (17, 2, 14)])
        {
            var at = (z * Height + y) * Width + x;
            double Changed(float by) => correlation.Evaluate([.. moved.Select((value, i) => i == at ? value + by : value)]) * moved.Length;
            var expected = (Changed(0.01f) - Changed(-0.01f)) / 0.02;
            Assert.Equal(expected, growth[at], 0.02 * Math.Abs(expected) + 5e-4);
        }
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
        Assert.Equal(expected, new LocalVolumeCorrelation(a, Floor, 1).Evaluate(b.Voxels), 1e-4);
    }

    [Theory, InlineData(4), InlineData(2)]
    public void A_spline_spreads_as_its_definition_says(int spacing)
    {
        var (lattice, random) = (new SplineLattice3D(Width, Height, Depth, spacing), new Random(5));
        float[] points = [.. Enumerable.Range(0, 3 * lattice.Points).Select(_ => random.NextSingle() - 0.5f)];
        var field = new DisplacementField3D(Width, Height, Depth).Axes;
        System(lattice).Spread(points, field);
        foreach (var (x, y, z) in ((int, int, int)[])[(0, 0, 0), (23, 18, 16), (7, 11, 5), (16, 3, 12)])
            for (var axis = 0; axis < 3; axis++)
                Assert.Equal(
                    Value(lattice, points.AsSpan(axis * lattice.Points, lattice.Points), x, y, z),
                    field[axis][(z * Height + y) * Width + x], 1e-5);
    }

    [Theory, InlineData(4), InlineData(2)]
    public void Collecting_is_the_transpose_of_spreading(int spacing)
    {
        var (lattice, random) = (new SplineLattice3D(Width, Height, Depth, spacing), new Random(6));
        float[] points = [
            .. Enumerable.Range(0, 3 * lattice.Points).Select(_ => random.NextSingle() - 0.5f)], sums = new float[points.Length];
        var (field, voxels, ones) =
            (new DisplacementField3D(Width, Height, Depth).Axes, Enumerable.Range(0, 3).Select(i => Noise(7 + i).Voxels).ToArray(),
                new float[Width * Height * Depth]);
        Array.Fill(ones, 1);
        System(lattice).Spread(points, field);
        System(lattice).Collect(voxels, ones, sums);
        var expected = Enumerable.Range(0, 3).Sum(axis => field[axis].Zip(voxels[axis], (a, b) => (double)a * b).Sum());
        Assert.Equal(expected, points.Zip(sums, (a, b) => (double)a * b).Sum(), 1e-2);
    }

    [Fact]
    public void Another_lattice_takes_over_what_is_smooth()
    {
        var (coarse, fine) = (new SplineLattice3D(Width, Height, Depth, 4), new SplineLattice3D(Width, Height, Depth, 2));
        // A quadric's control points are its values less a sixth of its second differences; any such polynomial will do.
        float[] points = [.. Enumerable.Range(0, coarse.Points).Select(
            i => (i % coarse.Columns, i / coarse.Columns % coarse.Rows, i / (coarse.Columns * coarse.Rows)))
            .Select(p => 0.05f * p.Item1 * p.Item1 - 0.3f * p.Item2 + 0.02f * p.Item1 * p.Item3)], taken = new float[fine.Points];
        coarse.Convert(points, fine, new(0.5, 0.5, 0.5), taken);
        foreach (var (x, y, z) in ((int, int, int)[])[(0, 0, 0), (23, 18, 16), (7, 11, 5), (16, 3, 12)])
            Assert.Equal(Value(coarse, points, x, y, z), Value(fine, taken, x, y, z), 1e-4);
    }

    [Fact]
    public void A_change_of_volume_is_that_of_the_map()
    {
        var field = new DisplacementField3D(Width, Height, Depth);
        for (var i = 0; i < field.X.Length; i++)
            (field.X[i], field.Y[i], field.Z[i]) =
                (0.25f * (i % Width), -0.5f * (i / Width % Height) + 0.1f * (i % Width), 0.1f * (i / (Width * Height)));
        var (smallest, largest, folded) = field.Jacobians();
        Assert.Equal(
            (1.25 * 0.5 * 1.1, 1.25 * 0.5 * 1.1, 0), (smallest, largest, folded),
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-4 && a.Item3 == b.Item3);
    }

    private static SplineSystem3D System(SplineLattice3D lattice) => new(lattice, new(lattice, new(1, 1, 1), 1, 1), 2);

    /// <summary>Sum over all control points of cubic B-splines, voxel centres at half steps from the knots on the faces.</summary>
    private static double Value(SplineLattice3D lattice, ReadOnlySpan<float> points, int x, int y, int z)
    {
        var sum = 0.0;
        for (var i = 0; i < lattice.Points; i++)
            sum += points[i] * Cubic((x + 0.5) / lattice.Spacing - (i % lattice.Columns - 1)) * Cubic(
                (y + 0.5) / lattice.Spacing - (i / lattice.Columns % lattice.Rows - 1))
                * Cubic((z + 0.5) / lattice.Spacing - (i / (lattice.Columns * lattice.Rows) - 1));
        return sum;

        static double Cubic(double t) => Math.Abs(t) switch
        {
            < 1 and var a => 2 / 3.0 - a * a + a * a * a / 2,
            < 2 and var a => Math.Pow(2 - a, 3) / 6,
            _ => 0,
        };
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
        var shared = Math.Max(covariance, 0) + Floor;
        return shared * shared
            / ((pairs.Average(p => (p.A - meanA) * (p.A - meanA)) + Floor) * (pairs.Average(p => (p.B - meanB) * (p.B - meanB)) + Floor));
    }

    private static VoxelVolume Noise(int seed)
    {
        var (random, volume) = (new Random(seed), new VoxelVolume(Width, Height, Depth, AffineTransform3D.Identity));
        for (var i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = random.NextSingle();
        return volume;
    }
}
