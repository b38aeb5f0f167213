using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public class ImageLossesTests
{
    [Fact]
    public void Ssim_of_two_flat_images_is_its_luminance_term()
    {
        using var scope = NewDisposeScope();
        double a = 0.25, b = 0.75, c = 0.0001;
        var ssim = ImageLosses.Ssim(ones(1, 1, 32, 32).Times(2 * a - 1), ones(1, 1, 32, 32).Times(2 * b - 1)).item<float>();
        Assert.Equal((2 * a * b + c) / (a * a + b * b + c), ssim, 3);
    }

    [Fact]
    public void Ssim_agrees_with_wangs_formula_written_out_in_double()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var (a, b) = (rand(1, 1, 16, 16).Times(2).Minus(1), rand(1, 1, 16, 16).Times(2).Minus(1));
        Assert.Equal(Wang(a.data<float>().ToArray(), b.data<float>().ToArray(), 16), ImageLosses.Ssim(a, b).item<float>(), 5);
        Assert.Equal(1, ImageLosses.Ssim(a, a).item<float>(), 5);
    }

    [Fact]
    public void Structure_is_blind_to_inverted_contrast_and_sees_a_moved_ventricle()
    {
        using var scope = NewDisposeScope();
        var head = Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]]);
        var inverted = ImageLosses.Structure(head, -head).item<float>();
        var other = ImageLosses.Structure(head, Batches.Stack([TinyHeads.Pair(5)[TinyHeads.T2]])).item<float>();
        Assert.Equal(0, inverted, 6);
        Assert.True(other > 0.005, $"{other}");
    }

    [Fact]
    public void Mind_of_a_vertical_edge_marks_the_sideways_shifts()
    {
        using var scope = NewDisposeScope();
        var image = cat([-ones(1, 1, 16, 8), ones(1, 1, 16, 8)], 3);
        var mind = ImageLosses.Mind(image);
        Assert.Equal([1, 4, 16, 16], mind.shape);
        // Just left of the edge the right shift differs by 2 in two of the three columns, the left shift in one: D = 8/3 and 4/3, V = 1.
        double[] expected = [1, 1, Math.Exp(-4.0 / 3), Math.Exp(-8.0 / 3)];
        for (var shift = 0; shift < 4; shift++)
            Assert.Equal(expected[shift], mind[0, shift, 8, 7].item<float>(), 4);
    }

    [Fact]
    public void Only_light_in_the_air_counts_as_background()
    {
        using var scope = NewDisposeScope();
        var head = Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]]);
        Assert.Equal(0, ImageLosses.Background(head, Batches.Stack([TinyHeads.Pair(0)[TinyHeads.Ct]])).item<float>(), 6);
        Assert.True(ImageLosses.Background(head, zeros_like(head)).item<float>() > 0.05);
    }

    private static double Wang(float[] a, float[] b, int size)
    {
        var taps = Enumerable.Range(-5, 11).Select(i => Math.Exp(-i * i / 4.5)).ToArray();
        var total = Math.Pow(taps.Sum(), 2);
        var values = new List<double>();
        for (var y = 5; y < size - 5; y++)
            for (var x = 5; x < size - 5; x++)
            {
                double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
                for (var k = 0; k < 121; k++)
                {
                    var at = (y + k / 11 - 5) * size + x + k % 11 - 5;
                    double weight = taps[k / 11] * taps[k % 11] / total, u = (a[at] + 1) / 2, v = (b[at] + 1) / 2;
                    (ma, mb, aa, bb, ab) =
                        (ma + weight * u, mb + weight * v, aa + weight * u * u, bb + weight * v * v, ab + weight * u * v);
                }
                values.Add(
                    (2 * ma * mb + 1e-4) * (2 * (ab - ma * mb) + 9e-4)
                        / ((ma * ma + mb * mb + 1e-4) * (aa - ma * ma + bb - mb * mb + 9e-4)));
            }
        return values.Average();
    }
}
