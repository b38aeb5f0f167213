using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingWorker.Losses;

/// <summary>Differentiable distances between images N x 1 x H x W in [-1, 1]; each gives one scalar tensor.</summary>
public static class ImageLosses
{
    private const int Window = 11;
    private const double Sigma = 1.5;

    /// <summary>Mean structural similarity of Wang et al. 2004: 11-tap Gaussian of sigma 1.5, population covariance, no padding, on [0, 1]
    /// with L = 1.</summary>
    public static Tensor Ssim(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (a.Plus(1).Over(2), b.Plus(1).Over(2));
        // Apart, so that nothing is propagated back to a truth.
        var (ofX, ofY) = (Blur(cat([x, x * x, x * y], 0)).chunk(3, 0), Blur(cat([y, y * y], 0)).chunk(2, 0));
        var (mx, my) = (ofX[0], ofY[0]);
        var (vx, vy, cov) = (ofX[1] - mx * mx, ofY[1] - my * my, ofX[2] - mx * my);
        const double c1 = 0.01 * 0.01, c2 = 0.03 * 0.03;
        var map = (mx * my).Times(2).Plus(c1) * cov.Times(2).Plus(c2) / ((mx * mx).Plus(my * my).Plus(c1) * vx.Plus(vy).Plus(c2));
        return map.mean().MoveToOuterDisposeScope();
    }

    /// <summary>Weighted sum of (1 - SSIM), with weight <paramref name="ssimShare"/>, and the mean absolute
    /// difference with the remaining weight:
    /// SSIM alone ignores a shift of the mean.</summary>
    public static Tensor Reconstruction(Tensor image, Tensor target, double ssimShare)
    {
        using var scope = NewDisposeScope();
        var l1 = (image - target).abs().mean();
        return Ssim(image, target).Times(-1).Plus(1).Times(ssimShare).Plus(l1.Times(1 - ssimShare)).MoveToOuterDisposeScope();
    }

    /// <summary>Mean absolute difference of the two images' self-similarity descriptors; small for equal anatomy in any modality.</summary>
    public static Tensor Structure(Tensor image, Tensor translated)
    {
        using var scope = NewDisposeScope();
        return (Mind(image) - Mind(translated)).abs().mean().MoveToOuterDisposeScope();
    }

    /// <summary>Modality independent neighbourhood descriptor (Heinrich et al. 2012) in 2-D: N x 4 x H x W in (0, 1], shifts of 2 pixels
    /// up, down, left, right.</summary>
    public static Tensor Mind(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (image.shape[2], image.shape[3]);
        var padded = F.pad(image, [2, 2, 2, 2], PaddingModes.Replicate);
        var shifted = cat(
        [
            padded.narrow(2, 0, height).narrow(3, 2, width), padded.narrow(2, 4, height).narrow(3, 2, width),
            padded.narrow(2, 2, height).narrow(3, 0, width), padded.narrow(2, 2, height).narrow(3, 4, width),
        ], 1);
        var distance = F.avg_pool2d((shifted - image).Squared(), 3, 1, 1, count_include_pad: false);
        var relative = distance - distance.min(1, keepdim: true).values;
        var variance = relative.mean([1], keepdim: true);
        var scale = variance.mean().detach().Plus(1e-6);
        variance = variance.maximum(scale.Times(1e-3)).minimum(scale.Times(1e3));
        return (-relative / variance).exp().MoveToOuterDisposeScope();
    }

    /// <summary>Brightness of the translated image at places where the source is air for 8 pixels around.</summary>
    public static Tensor Background(Tensor image, Tensor translated)
    {
        using var scope = NewDisposeScope();
        var air = F.max_pool2d(image.detach(), 17, 1, 8).Below(-0.94).to_type(ScalarType.Float32);
        return (translated.Plus(1) * air).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Least-squares adversarial loss: mean squared distance of the judgements to <paramref name="target"/>.</summary>
    public static Tensor LeastSquares(Tensor judgements, double target)
    {
        using var scope = NewDisposeScope();
        return judgements.Minus(target).Squared().mean().MoveToOuterDisposeScope();
    }

    // The images as channels of one: a convolution that keeps channels apart takes a seventh of the time that one of a single channel does.
    private static Tensor Blur(Tensor images)
    {
        var taps = Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * Sigma * Sigma))).ToArray();
        var kernel = tensor(taps.Select(tap => (float)(tap / taps.Sum())).ToArray(), device: images.device);
        var (count, channels) = (images.shape[0], images.permute(1, 0, 2, 3));
        var rows = F.conv2d(channels, kernel.reshape(1, 1, Window, 1).expand(count, 1, Window, 1), groups: count);
        return F.conv2d(rows, kernel.reshape(1, 1, 1, Window).expand(count, 1, 1, Window), groups: count).permute(1, 0, 2, 3);
    }
}
