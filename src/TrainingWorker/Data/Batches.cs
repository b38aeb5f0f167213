using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingWorker.Data;

/// <summary>Draws augmented batches N x 1 x crop x crop, cut from pictures shrunk to size x size, in [-1, 1]. They
/// are never mirrored, because a
/// brain has a left and a right.</summary>
public static class Batches
{
    /// <summary>Phantoms, and a share of real slices whose other modality was made by rules. Both pictures
    /// of a pair are moved alike; only the
    /// source gets the looks of another scanner. Tensors belong to the caller's scope and are where the random numbers are.</summary>
    public static (Tensor Source, Tensor Target) Pairs(
        TrainingData data, double pseudoShare, Direction direction, int count, int size, int crop, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var chosen = Enumerable.Range(0, count).Select(_ => Draw(data, pseudoShare, random)).ToArray();
        var grid = Geometry(count, chosen[0][direction.From].Size, random, affine: 1, elastic: 1);
        var sources = Shrink(Warp(Stack([.. chosen.Select(pair => pair[direction.From])], random.Device), grid), size);
        var targets = Shrink(Warp(Stack([.. chosen.Select(pair => pair[direction.To])], random.Device), grid), size);
        var both = Crop(cat([sources, targets], 1), crop, random);
        var (source, target) = (both.narrow(1, 0, 1), both.narrow(1, 1, 1).contiguous());
        return (Looks(source, random, data[direction.From].Profile.ScannerVariation).MoveToOuterDisposeScope(),
            target.MoveToOuterDisposeScope());
    }

    /// <summary>Real slices, moved a little. Their looks are hardly changed, because they are to be learnt.</summary>
    public static Tensor Real(IReadOnlyList<PreparedPicture> pictures, int count, int size, int crop, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var chosen = Enumerable.Range(0, count).Select(_ => pictures[random.Below(pictures.Count)]).ToArray();
        var images = Shrink(Warp(Stack(chosen, random.Device), Geometry(count, chosen[0].Size, random, affine: 0.7, elastic: 0.5)), size);
        return Crop(images, crop, random).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Unchanged pictures as one batch, on the CPU by default.</summary>
    public static Tensor Stack(IReadOnlyList<PreparedPicture> pictures, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var size = pictures[0].Size;
        var values = new float[pictures.Count * size * size];
        for (var i = 0; i < pictures.Count; i++)
            pictures[i].CopyTo(values.AsSpan(i * size * size, size * size));
        return tensor(values, [pictures.Count, 1, size, size]).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>Halves until <paramref name="size"/> is reached, by 2x2 means.</summary>
    public static Tensor Shrink(Tensor images, int size) => images.shape[3] <= size ? images : Shrink(F.avg_pool2d(images, 2), size);

    private static PreparedPair Draw(TrainingData data, double pseudoShare, StepRandom random)
    {
        var pairs = data.PseudoPairs.Count > 0 && random.Chance(pseudoShare) ? data.PseudoPairs : data.PairsTrain;
        return pairs[random.Below(pairs.Count)];
    }

    private static Tensor Crop(Tensor images, int size, StepRandom random)
    {
        int down = (int)images.shape[2] - size, across = (int)images.shape[3] - size;
        return images.narrow(2, random.Below(down + 1), size).narrow(3, random.Below(across + 1), size);
    }

    private static Tensor Geometry(int count, int size, StepRandom random, double affine, double elastic)
    {
        var theta = new float[count * 6];
        for (var i = 0; i < count; i++)
        {
            var angle = affine * random.Uniform(-0.16, 0.16);
            double sx = 1 + affine * random.Uniform(-0.1, 0.1), sy = 1 + affine * random.Uniform(-0.1, 0.1);
            theta[6 * i] = (float)(sx * Math.Cos(angle));
            theta[6 * i + 1] = (float)(-sy * Math.Sin(angle));
            theta[6 * i + 3] = (float)(sx * Math.Sin(angle));
            theta[6 * i + 4] = (float)(sy * Math.Cos(angle));
            (theta[6 * i + 2], theta[6 * i + 5]) =
                ((float)(affine * random.Uniform(-0.06, 0.06)), (float)(affine * random.Uniform(-0.06, 0.06)));
        }
        var grid = F.affine_grid(tensor(theta, [count, 2, 3]).to(random.Device), [count, 1, size, size], align_corners: true);
        // Random shifts on a coarse lattice, 1.5 % of the picture each, smoothed by cubic interpolation.
        var lattice = random.Normal(count, 2, 7, 7).Times(0.03 * elastic);
        var bend = F.interpolate(lattice, size: [size, size], mode: InterpolationMode.Bicubic, align_corners: true);
        return grid.Plus(bend.permute(0, 2, 3, 1));
    }

    // Shifted before sampling so that -1 is 0: what comes in from outside is then air.
    private static Tensor Warp(Tensor images, Tensor grid)
        => F.grid_sample(images.Plus(1), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: true).Minus(1);

    private static Tensor Looks(Tensor images, StepRandom random, double strength)
        => stack([.. images.unbind(0).Select(image => Look(image.unsqueeze(0), random, strength).squeeze(0))], 0);

    private static Tensor Look(Tensor image, StepRandom random, double strength)
    {
        var size = image.shape[3];
        var x = image.Plus(1).Over(2);
        var gamma = Math.Exp(strength * random.Uniform(-0.45, 0.45));
        x = x.AtLeast(1e-4).Power(gamma).Times(1 + strength * random.Uniform(-0.25, 0.25));
        if (random.Chance(0.7))
            x *= F.interpolate(
                random.Normal(1, 1, 4, 4).Times(0.15 * strength), size: [size, size], mode: InterpolationMode.Bicubic,
                align_corners: true).exp();
        if (random.Chance(0.5))
            x = Blur(x, random.Uniform(0.3, 1.1) * size / 256 * 1.5);
        if (random.Chance(0.7))
            x = x.Plus(random.Normal(1, 1, size, size).Times(random.Uniform(0, 0.06)));
        return x.Within(0, 1).Times(2).Minus(1);
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
