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
    /// <summary>Pairs of every folder by its weight, and a share of real slices whose other modality was made by rules. All pictures of a
    /// pair are moved alike; only the source gets the looks of another scanner.</summary>
    /// <param name="wide">Whether the target has the wide window as its second channel.</param>
    public static PairedBatch Pairs(
        TrainingData data, TrainingOptions options, Direction direction, bool wide, BatchSize shape, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var chosen = Enumerable.Range(0, shape.Count).Select(_ => Draw(data, options, random)).ToArray();
        var findings = options.FindingWeight > 1;
        List<PreparedPicture?> pictures = [.. chosen.SelectMany(Planes)];
        var (moved, cut) = Moved(pictures, shape, random, affine: 1, elastic: 1);
        var targets = wide ? 2 : 1;
        var seen = moved.narrow(1, 0, 1);
        if (data[direction.From].Mask is { } mask && options.MaskShare > 0)
            seen = Seen(seen, cut.Of(Stack([mask], random.Device)), options.MaskShare, random);
        var source = Looks.Apply(seen, random, data[direction.From].Profile, options);
        return new()
        {
            Source = source.MoveToOuterDisposeScope(),
            Target = moved.narrow(1, 1, targets).contiguous().MoveToOuterDisposeScope(),
            Known = wide ? Known(chosen, random.Device).MoveToOuterDisposeScope() : null,
            Weights = findings ? Weights(moved.narrow(1, 1 + targets, 1), options.FindingWeight).MoveToOuterDisposeScope() : null,
        };

        IEnumerable<PreparedPicture?> Planes(PreparedPair pair)
        {
            yield return pair[direction.From];
            yield return pair[direction.To];
            if (wide)
                yield return pair.Wide;
            if (findings)
                yield return pair.Finding;
        }
    }

    /// <summary>Real slices, moved a little. Their looks are hardly changed, because they are to be learnt.</summary>
    public static Tensor Real(IReadOnlyList<PreparedPicture> pictures, BatchSize shape, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var chosen = Enumerable.Range(0, shape.Count).Select(_ => pictures[random.Below(pictures.Count)]).ToArray();
        return Moved(chosen, shape, random, affine: 0.7, elastic: 0.5).Pictures.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Slices for a cycle: real ones, and <see cref="TrainingOptions.CyclePairs"/> of the batches from pairs, which the
    /// reference's mask cuts as the product cuts every slice.</summary>
    public static Tensor Slices(TrainingData data, TrainingSide side, TrainingOptions options, BatchSize shape, StepRandom random)
    {
        if (options.CyclePairs <= 0 || (side.Train.Count > 0 && !random.Chance(options.CyclePairs)))
            return Real(side.Train, shape, random);
        using var scope = NewDisposeScope();
        var chosen = Enumerable.Range(0, shape.Count).Select(_ => Draw(data, options, random)[side.Profile.Modality]).ToArray();
        var (pictures, cut) = Moved(chosen, shape, random, affine: 0.7, elastic: 0.5);
        if (side.Mask is { } mask)
            pictures = Seen(pictures, cut.Of(Stack([mask], random.Device)), share: 1, random);
        return pictures.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Unchanged pictures as one batch, on the CPU by default; what is null is air.</summary>
    public static Tensor Stack(IReadOnlyList<PreparedPicture?> pictures, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var size = pictures[0]!.Size;
        var values = new float[pictures.Count * size * size];
        for (var i = 0; i < pictures.Count; i++)
            if (pictures[i] is { } picture)
                picture.CopyTo(values.AsSpan(i * size * size, size * size));
            else
                values.AsSpan(i * size * size, size * size).Fill(-1);
        return tensor(values, [pictures.Count, 1, size, size]).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>Halves until <paramref name="size"/> is reached, by 2x2 means.</summary>
    public static Tensor Shrink(Tensor images, int size) => images.shape[3] <= size ? images : Shrink(F.avg_pool2d(images, 2), size);

    private static PreparedPair Draw(TrainingData data, TrainingOptions options, StepRandom random)
    {
        var pairs = data.PseudoPairs.Count > 0 && random.Chance(options.PseudoShare) ? data.PseudoPairs : Listed(Chosen());
        return pairs[random.Below(pairs.Count)];

        IReadOnlyList<PreparedPair> Listed(PairSet set) =>
            options.FindingShare > 0 && set.TrainByFinding is { Count: > 0 } kinds && random.Chance(options.FindingShare)
                ? kinds[random.Below(kinds.Count)] : set.Train;

        PairSet Chosen()
        {
            if (data.PairSets.Count == 1)
                return data.PairSets[0];
            double[] weights = options.PairedWeights is { Count: > 0 } told ? [.. told] : [.. data.PairSets.Select(set => set.Train.Count)];
            var (left, last) = (random.Uniform(0, weights.Sum()), weights.Length - 1);
            return data.PairSets[Math.Min(last, weights.TakeWhile(weight => (left -= weight) >= 0).Count())];
        }
    }

    // Cut before it is sampled: what lies outside the crop is never computed.
    private static (Tensor Pictures, Cut Cut) Moved(
        IReadOnlyList<PreparedPicture?> pictures, BatchSize shape, StepRandom random, double affine, double elastic)
    {
        var size = pictures[0]!.Size;
        var factor = Math.Max(1, size / shape.Size);
        var grid = Geometry(shape.Count, size, random, affine, elastic);
        var room = size / factor - shape.Crop + 1;
        var cut = new Cut(factor * random.Below(room), factor * random.Below(room), factor, shape.Crop);
        grid = grid.narrow(1, cut.Down, factor * shape.Crop).narrow(2, cut.Across, factor * shape.Crop);
        var planes = Stack(pictures, random.Device).reshape(shape.Count, -1, size, size);
        return (Shrink(Warp(planes, grid), shape.Crop), cut);
    }

    // The mask stays where it is: heads move under it, as they do when they are registered.
    private static Tensor Seen(Tensor sources, Tensor mask, double share, StepRandom random)
    {
        var open = mask.Plus(1).Over(2);
        return stack([.. sources.unbind(0).Select(source => random.Chance(share) ? (source.Plus(1) * open[0]).Minus(1) : source)], 0);
    }

    private static Tensor Known(PreparedPair[] pairs, Device device) =>
        tensor([.. pairs.Select(pair => pair.Wide is null ? 0f : 1f)], [pairs.Length, 1, 1, 1]).to(device);

    // A code of 1 lies just above -1, so that a mask is what is not quite air.
    private static Tensor Weights(Tensor findings, double weight) =>
        findings.Below(-1 + 0.5 / 127.5).logical_not().to_type(ScalarType.Float32).Times(weight - 1).Plus(1);

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
}
