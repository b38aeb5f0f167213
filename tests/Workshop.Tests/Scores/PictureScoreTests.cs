using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.Testing;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

public sealed class PictureScoreTests
{
    private static Image Noise(int seed, int size = 24)
    {
        var random = new Random(seed);
        return new(size, size, [.. Enumerable.Range(0, size * size).Select(_ => random.NextSingle())]);
    }

    [Fact]
    public void Ssim_is_that_of_an_independent_implementation()
    {
        var (a, b) = (Noise(1), Noise(2));
        var mixed = new Image(24, 24, [.. a.Pixels.Zip(b.Pixels, (x, y) => 0.7f * x + 0.3f * y)]);
        var expected = Python.Numbers(
            """
            import sys, numpy as n
            a, b = (n.array([float(v) for v in s.split(',')]).reshape(24, 24) for s in sys.argv[1:3])
            k = n.exp(-n.arange(-5, 6) ** 2 / 4.5); w = n.outer(k, k); w /= w.sum()
            r = []
            for y in range(14):
                for x in range(14):
                    p, q = a[y:y+11, x:x+11], b[y:y+11, x:x+11]
                    m, v = (w * p).sum(), (w * q).sum()
                    s, t, c = (w * (p - m) ** 2).sum(), (w * (q - v) ** 2).sum(), (w * (p - m) * (q - v)).sum()
                    r.append((2*m*v + 1e-4) * (2*c + 9e-4) / ((m*m + v*v + 1e-4) * (s + t + 9e-4)))
            r = n.array(r).reshape(14, 14)
            print(r.mean(), r[:7, :].mean())
            """,
            Text(a), Text(mixed));
        var upper = new Mask(24, 24);
        for (var y = 0; y < 12; y++)
            for (var x = 0; x < 24; x++)
                upper[x, y] = true;
        Assert.Equal(expected[0], StructuralSimilarity.Of(a, mixed), 1e-9);
        Assert.Equal(expected[1], StructuralSimilarity.Of(a, mixed, mask: upper), 1e-9);
        Assert.Equal(1, StructuralSimilarity.Of(a, a), 1e-12);

        static string Text(Image image) =>
            string.Join(',', image.Pixels.Select(v => ((double)v).ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Retrieval_sees_through_contrast_and_through_collapse()
    {
        var inputs = Enumerable.Range(0, 12).Select(i => GaussianFilter.Apply(Noise(i, 48), 2, 2)).ToArray();
        var faithful = inputs.Select(image => image.Map(v => 1 - v * v)).ToArray();
        var collapsed = inputs.Select(_ => faithful[3]).ToArray();
        Assert.Equal(1, MindDescriptor.Retrieval(faithful, inputs));
        Assert.Equal(1.0 / 12, MindDescriptor.Retrieval(collapsed, inputs), 1e-12);
    }
}
