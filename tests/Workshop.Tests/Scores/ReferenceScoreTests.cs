using Gateway.Imaging.Grids;
using Gateway.Testing;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Scores;

/// <summary>Our scores beside scikit-image, NumPy and SciPy, on the same numbers.</summary>
public sealed class ReferenceScoreTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ssim_and_psnr_are_those_of_scikit_image()
    {
        var (a, b) = (Picture(1), Picture(2));
        var expected = Reference("""
            from skimage.metrics import peak_signal_noise_ratio, structural_similarity
            a, b = (read(i).reshape(48, 64) for i in (1, 2))
            print(structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1.0))
            print(peak_signal_noise_ratio(a, b, data_range=1.0))
            """, Values(a), Values(b));
        Close(expected[0], StructuralSimilarity.Of(a, b));
        Close(expected[1], ImageMetrics.Psnr(a, b, 1));
    }

    [Fact]
    public void The_distance_of_mind_descriptors_is_that_of_numpy()
    {
        var (a, b) = (Picture(3), Picture(4));
        var expected = Reference("""
            from scipy.ndimage import uniform_filter
            def mind(image, shift):
                padded = np.pad(image, shift, mode='edge')
                height, width = image.shape
                patches = np.stack([uniform_filter((padded[shift + y:shift + y + height, shift + x:shift + x + width] - image) ** 2, 3, mode='nearest')
                                    for x, y in ((-shift, 0), (shift, 0), (0, -shift), (0, shift))])
                patches -= patches.min(0)
                spread = patches.mean(0)
                return np.exp(-patches / np.clip(spread, 1e-3 * spread.mean(), 1e3 * spread.mean()))
            a, b = (read(i).reshape(48, 64) for i in (1, 2))
            for shifts in ((2,), (1, 2, 3)):
                print(np.mean([np.abs(mind(a, s) - mind(b, s)).mean() for s in shifts]))
            """, Values(a), Values(b));
        Close(expected[0], new MindDescriptor(a).Distance(new MindDescriptor(b)));
        Close(expected[1], new MindDescriptor(a, 1, 2, 3).Distance(new MindDescriptor(b, 1, 2, 3)));
    }

    [Theory]
    [InlineData(40, 60, 12)]
    [InlineData(30, 20, 64)] // fewer vectors than features: the covariances have no full rank
    [InlineData(20, 20, 7)]
    public void Frechet_and_kernel_distance_are_those_of_numpy(int n, int m, int features)
    {
        var (a, b) = (Vectors(n, features, 1, 0), Vectors(m, features, 1.3, 0.4));
        var expected = Reference($"""
            from scipy import linalg
            a, b = read(1).reshape({n}, {features}), read(2).reshape({m}, {features})
            s, t = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
            trace = np.sqrt(np.maximum(linalg.eigvals(s @ t).real, 0)).sum()
            print(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(s) + np.trace(t) - 2 * trace)
            k = lambda x, y: (x @ y.T / {features} + 1) ** 3
            inside = lambda x: (k(x, x).sum() - np.trace(k(x, x))) / (len(x) * (len(x) - 1))
            print(inside(a) + inside(b) - 2 * k(a, b).mean())
            """, [.. a.SelectMany(v => v)], [.. b.SelectMany(v => v)]);
        Close(expected[0], FrechetDistance.Of(a, b));
        Close(expected[1], KernelDistance.Of(a, b));
        Assert.Equal(0, FrechetDistance.Of(a, a), 9);
    }

    [Fact]
    public void Sets_of_one_vector_or_of_other_lengths_have_no_distance()
    {
        var (one, two) = (Vectors(1, 4, 1, 0), Vectors(2, 4, 1, 0));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Of(one, two));
        Assert.Throws<ArgumentException>(() => KernelDistance.Of(two, one));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Of(two, Vectors(2, 5, 1, 0)));
        Assert.Throws<ArgumentException>(() => KernelDistance.Of(two, Vectors(2, 5, 1, 0)));
    }

    private static void Close(double expected, double actual) =>
        Assert.InRange(actual, expected - 1e-5 * Math.Max(1, Math.Abs(expected)), expected + 1e-5 * Math.Max(1, Math.Abs(expected)));

    private double[] Reference(string script, params double[][] arrays)
    {
        for (var i = 0; i < arrays.Length; i++)
            File.WriteAllBytes(_folder.Combine($"{i + 1}.f64"), System.Runtime.InteropServices.MemoryMarshal.AsBytes(arrays[i].AsSpan()));
        return Python.Numbers($$"""
            import sys
            import numpy as np
            def read(i): return np.fromfile(f'{sys.argv[1]}/{i}.f64')
            {{script}}
            """, _folder.Path);
    }

    private static double[] Values(Image image) => Array.ConvertAll(image.Pixels, value => (double)value);

    // Smooth blobs and some noise in [0, 1], 64 x 48.
    private static Image Picture(int seed)
    {
        var chance = new Random(seed);
        var blobs = Enumerable.Range(0, 6)
            .Select(_ => (X: 64 * chance.NextDouble(), Y: 48 * chance.NextDouble(), Size: 4 + 8 * chance.NextDouble())).ToArray();
        var image = new Image(64, 48);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var value = blobs.Max(
                blob => Math.Exp(-(Math.Pow(i % 64 - blob.X, 2) + Math.Pow(i / 64 - blob.Y, 2)) / (blob.Size * blob.Size)));
            image.Pixels[i] = (float)Math.Clamp(0.9 * value + 0.1 * chance.NextDouble(), 0, 1);
        }
        return image;
    }

    private static double[][] Vectors(int count, int length, double spread, double shift)
    {
        var chance = new Random(count + length);
        return [
            .. Enumerable.Range(0, count).Select(
                _ => Enumerable.Range(0, length)
                    .Select(i => shift + spread * (1 + i % 3) * (chance.NextDouble() + chance.NextDouble() - 1)).ToArray())];
    }
}
