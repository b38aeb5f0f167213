using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Tests.Registration;

public sealed class SplineLatticeTests
{
    private readonly SplineLattice _coarse = new(32, 16);
    private readonly SplineLattice _fine = new(64, 32);

    private static float[] Spread(SplineLattice lattice, float[] points)
    {
        var (wide, pixels) = (new float[lattice.Rows * lattice.PixelWidth], new float[lattice.PixelWidth * lattice.PixelHeight]);
        lattice.Widen(points, wide);
        for (var y = 0; y < lattice.PixelHeight; y++)
            lattice.Row(wide, y, pixels.AsSpan(y * lattice.PixelWidth, lattice.PixelWidth));
        return pixels;
    }

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    [Fact]
    public void A_plane_of_control_points_is_a_plane_of_pixels()
    {
        var points = Enumerable.Range(0, _coarse.Points).Select(i => 2f * (i % _coarse.Columns) - i / _coarse.Columns).ToArray();
        var pixels = Spread(_coarse, points);
        for (var i = 0; i < pixels.Length; i++)
            Assert.Equal(2 * ((i % 32 + 0.5) / 4 + 1) - ((i / 32 + 0.5) / 4 + 1), pixels[i], 1e-4);
    }

    [Fact]
    public void Collecting_is_the_transpose_of_spreading()
    {
        var (points, pixels) = (Noise(_coarse.Points, 1), Noise(32 * 16, 2));
        var (wide, collected) = (new float[_coarse.Rows * 32], new float[_coarse.Points]);
        for (var y = 0; y < 16; y++)
            _coarse.AddRow(pixels.AsSpan(y * 32, 32), y, wide);
        _coarse.Narrow(wide, collected);
        Assert.Equal(Spread(_coarse, points).Zip(pixels, (a, b) => a * b).Sum(), points.Zip(collected, (a, b) => a * b).Sum(), 1e-3);
    }

    [Fact]
    public void Refining_keeps_the_surface()
    {
        var points = Noise(_coarse.Points, 3);
        var refined = new float[_fine.Points];
        _coarse.Refine(points, _fine, refined);
        var (coarse, fine) = (Spread(_coarse, points), Spread(_fine, refined));
        // The mean of 2 x 2 fine pixels is the coarse one, but for the curvature between them.
        for (var y = 0; y < 16; y++)
            for (var x = 0; x < 32; x++)
                Assert.Equal(
                    coarse[y * 32 + x],
                    (fine[2 * y * 64 + 2 * x] + fine[2 * y * 64 + 2 * x + 1] + fine[(2 * y + 1) * 64 + 2 * x]
                        + fine[(2 * y + 1) * 64 + 2 * x + 1]) / 4, 0.02);
    }
}
