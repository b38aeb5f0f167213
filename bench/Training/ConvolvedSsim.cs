using Gateway.TrainingWorker;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingBench;

/// <summary>Structural similarity as <see cref="Gateway.TrainingWorker.Losses.ImageLosses.Ssim"/> has it, with the images as a batch of one
/// channel each.</summary>
internal static class ConvolvedSsim
{
    /// <param name="a">N x 1 x H x W in [-1, 1].</param>
    /// <param name="b">The same.</param>
    public static Tensor Of(Tensor a, Tensor b)
    {
        var (x, y) = (a.Plus(1).Over(2), b.Plus(1).Over(2));
        var means = Blur(cat([x, y, x * x, y * y, x * y], 0)).chunk(5, 0);
        var (mx, my) = (means[0], means[1]);
        var (vx, vy, cov) = (means[2] - mx * mx, means[3] - my * my, means[4] - mx * my);
        var map = (mx * my).Times(2).Plus(1e-4) * cov.Times(2).Plus(9e-4);
        return (map / ((mx * mx).Plus(my * my).Plus(1e-4) * vx.Plus(vy).Plus(9e-4))).mean();
    }

    private static Tensor Blur(Tensor images)
    {
        var taps = Enumerable.Range(-5, 11).Select(i => Math.Exp(-i * i / 4.5)).ToArray();
        var kernel = tensor(taps.Select(tap => (float)(tap / taps.Sum())).ToArray());
        return F.conv2d(F.conv2d(images, kernel.reshape(1, 1, -1, 1)), kernel.reshape(1, 1, 1, -1));
    }
}
