using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingWorker.Data;

/// <summary>The looks of other scanners, for sources: a generator must not depend on those of one.</summary>
internal static class Looks
{
    private const int Segments = 5;

    /// <summary>Each image of a batch N x 1 x H x W in [-1, 1] gets looks of its own: gamma, gain, bias field, blur, noise, and by the
    /// recipe another curve of grey (Billot et al. 2023, SynthSeg, draws greys anew; here their order stays) and coarse sampling.</summary>
    /// <param name="profile">Of the images; says how much looks differ.</param>
    public static Tensor Apply(Tensor images, StepRandom random, ModalityProfile profile, TrainingOptions options)
    {
        var strength = profile.IsHounsfield && options.HounsfieldLooks is { } told ? told : profile.ScannerVariation;
        return stack([.. images.unbind(0).Select(image => Look(image.unsqueeze(0), random, strength, options).squeeze(0))], 0);
    }

    private static Tensor Look(Tensor image, StepRandom random, double strength, TrainingOptions options)
    {
        var size = image.shape[3];
        var x = image.Plus(1).Over(2);
        if (options.CurveShare > 0 && random.Chance(options.CurveShare))
            x = Curve(x, random, strength);
        var gamma = Math.Exp(strength * random.Uniform(-0.45, 0.45));
        x = x.AtLeast(1e-4).Power(gamma).Times(1 + strength * random.Uniform(-0.25, 0.25));
        if (random.Chance(0.7))
            x *= F.interpolate(
                random.Normal(1, 1, 4, 4).Times(0.15 * strength), size: [size, size], mode: InterpolationMode.Bicubic,
                align_corners: true).exp();
        if (random.Chance(0.5))
            x = Blur(x, random.Uniform(0.3, 1.1) * size / 256 * 1.5);
        if (options.CoarseShare > 0 && random.Chance(options.CoarseShare))
            x = Coarse(x, random);
        if (random.Chance(0.7))
            x = x.Plus(random.Normal(1, 1, size, size).Times(random.Uniform(0, 0.06)));
        return x.Within(0, 1).Times(2).Minus(1);
    }

    // Rising everywhere, 0 to 0 and 1 to 1.
    private static Tensor Curve(Tensor x, StepRandom random, double strength)
    {
        var slopes = Enumerable.Range(0, Segments).Select(_ => Math.Exp(strength * random.Uniform(-0.8, 0.8))).ToArray();
        var made = zeros_like(x);
        for (var i = 0; i < Segments; i++)
            made = made.Plus(x.Minus((double)i / Segments).Within(0, 1.0 / Segments).Times(slopes[i] * Segments / slopes.Sum()));
        return made;
    }

    private static Tensor Coarse(Tensor x, StepRandom random)
    {
        var (size, kept) = (x.shape[3], (long)(x.shape[3] / random.Uniform(1.3, 3)));
        long[] coarse = random.Chance(0.5) ? [kept, size] : [size, kept];
        var seen = F.interpolate(x, size: coarse, mode: InterpolationMode.Area);
        return F.interpolate(seen, size: [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
    }

    private static Tensor Blur(Tensor image, double sigma)
    {
        var radius = (int)Math.Ceiling(2.5 * sigma);
        var taps = Enumerable.Range(-radius, 2 * radius + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var kernel = tensor(taps.Select(tap => (float)(tap / taps.Sum())).ToArray(), device: image.device);
        var rows = F.conv2d(F.pad(image, [0, 0, radius, radius], PaddingModes.Replicate), kernel.reshape(1, 1, -1, 1));
        return F.conv2d(F.pad(rows, [radius, radius, 0, 0], PaddingModes.Replicate), kernel.reshape(1, 1, 1, -1));
    }
}
