using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Scores;

/// <summary>Scores translations slice by slice, several at a time.</summary>
/// <param name="target">What is made.</param>
/// <param name="window">The HU that -1 and 1 of CT pictures stand for.</param>
/// <param name="threads">At least 1.</param>
public sealed class SliceScoring(ModalityProfile target, GreyRange window, int threads)
{
    private const float NoiseSigma = 0.02f;
    private readonly double _units = target.MadeRange(window).Width;
    private readonly BoneScores _bone = new(window);

    /// <param name="way">Safe to call from several threads.</param>
    /// <param name="slices">Prepared slices, 256 x 256.</param>
    /// <param name="cycles">So many of them are also translated back, twice; the first ones.</param>
    /// <param name="cancel">Between two slices.</param>
    public IReadOnlyList<SliceScores> Score(RoundTrip way, IReadOnlyList<HeldOutSlice> slices, int cycles, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(way);
        ArgumentNullException.ThrowIfNull(slices);
        var scores = new SliceScores[slices.Count];
        Parallel.For(
            0, slices.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            i => scores[i] = Score(way, slices[i], i, i < cycles));
        return scores;
    }

    /// <summary>Only the comparison with the truth.</summary>
    /// <param name="slice">With a truth; its source tells where the head is.</param>
    /// <param name="made">Of it.</param>
    public PairedScores AgainstTruth(HeldOutSlice slice, MadePicture made)
    {
        ArgumentNullException.ThrowIfNull(slice);
        ArgumentNullException.ThrowIfNull(made);
        var (picture, truth) = (Grey(made.Picture), Grey(slice.Truth!));
        var head = PreparedHead.OfEither(slice.Source, truth);
        var brain = slice.Pair is { Brain.Area: > 0 } pair ? pair.Brain : null;
        var bone = target.IsHounsfield ? _bone.Of(made, slice.Truth!, slice.Pair?.Wide, head) : default;
        var (whole, inside) = StructuralSimilarity.WholeAndInside(picture, truth, head);
        return new()
        {
            Mae = ImageMetrics.Mae(picture, truth, head) * _units,
            Psnr = ImageMetrics.Psnr(picture, truth, 1, head),
            Ssim = whole,
            SsimInside = inside,
            MaeBrain = brain is null ? null : ImageMetrics.Mae(picture, truth, brain) * _units,
            Correlation = brain is null ? null : ImageMetrics.Ncc(picture, truth, brain),
            BoneDice = bone.Dice,
            BoneError = bone.Error,
            AirDice = bone.Air,
        };
    }

    /// <summary>The radiomic figures of a prepared or made picture.</summary>
    /// <param name="picture">256 x 256 in [-1, 1], with its background.</param>
    public static double[] Texture(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Radiomics.Of(picture.Pixels, PreparedHead.Of(picture));
    }

    private SliceScores Score(RoundTrip way, HeldOutSlice slice, int index, bool cycle)
    {
        var (source, translation) = (Grey(slice.Source), way.There(slice.Source, slice.LevelMm));
        var (made, like, head) = (translation.Picture, slice.Truth ?? slice.Source, PreparedHead.Of(slice.Source));
        var back = cycle ? way.Back(made, slice.LevelMm).Picture : null;
        return new()
        {
            Slice = slice,
            Translation = translation,
            Back = back,
            InputOutput = StructuralSimilarity.Of(source, Grey(made)),
            Mind = new MindDescriptor(slice.Source).Distance(new MindDescriptor(made)),
            Edges = ImageMetrics.Ncc(Slopes(made), Slopes(like), head),
            Dice = ImageMetrics.Dice(PreparedHead.Of(made), PreparedHead.Of(like)),
            Texture = Radiomics.Of(made.Pixels, head),
            Cycle = back is null ? null : StructuralSimilarity.Of(source, Grey(back)),
            CycleDisturbed = cycle
                ? StructuralSimilarity.Of(source, Grey(way.Back(Disturb(made, index), slice.LevelMm).Picture)) : null,
            Paired = slice.Truth is null ? null : AgainstTruth(slice, translation),
        };
    }

    private static Image Grey(Image image) => image.Normalise(-1, 1);

    /// <summary>Rounds to 8 bits and adds noise, which destroys what an eye cannot see.</summary>
    /// <param name="image">[-1, 1], as the result.</param>
    /// <param name="seed">Of the noise.</param>
    public static Image Disturb(Image image, int seed)
    {
        var result = Grey(image);
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            var noise = NoiseSigma * PhantomRandom.Normal(PhantomRandom.Hash((ulong)seed << 32 | (uint)i));
            result.Pixels[i] = Math.Clamp(MathF.Round(result.Pixels[i] * 255) / 255 + noise, 0, 1) * 2 - 1;
        }
        return result;
    }

    /// <summary>Length of the central differences; 0 on the border.</summary>
    private static Image Slopes(Image image)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 1; y < image.Height - 1; y++)
            for (var x = 1; x < image.Width - 1; x++)
            {
                var (dx, dy) = (image[x + 1, y] - image[x - 1, y], image[x, y + 1] - image[x, y - 1]);
                result[x, y] = MathF.Sqrt(dx * dx + dy * dy);
            }
        return result;
    }
}
