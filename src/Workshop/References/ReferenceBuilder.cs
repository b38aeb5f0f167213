using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.References;

/// <summary>
/// Makes a reference from several subjects. It chooses and registers a slice of each, averages them, mirrors the mean and averages again (a
/// reference has no left and right), and makes the mean upright, centred and of mean size. Then it repeats.
/// </summary>
public sealed class ReferenceBuilder(ReferenceBuildOptions options)
{
    private const double Centre = (Reference.Side - 1) / 2.0;

    /// <param name="bootstrap">A slice through frontal horns, thalami and pineal level; it is used in the first round only.</param>
    /// <param name="volumes">The subjects; a single slice is a volume of one.</param>
    public Reference Build(VolumeSlice bootstrap, IReadOnlyList<Volume> volumes)
    {
        var first = new HeadSlice(bootstrap, options.Profile, options.Window);
        var start = first.FromReference((Centre, Centre));
        var reference = Finish([new(first, start, 1)], round: 0);
        for (var round = 1; round <= options.Iterations; round++)
        {
            var chooser = new SliceChooser(reference);
            var registered = volumes.Select(volume => Register(chooser, reference, volume)).OfType<Registered>()
                .OrderByDescending(slice => slice.Ncc).Take(options.MostSlices).ToArray();
            if (registered.Length == 0)
                throw new InvalidOperationException("No slice resembles the bootstrap.");
            reference = Finish(registered, round);
        }
        return reference;
    }

    private Registered? Register(SliceChooser chooser, Reference reference, Volume volume)
    {
        SliceChoice choice;
        try
        {
            choice = chooser.Choose(volume);
        }
        catch (VolumeException)
        {
            return null;
        }
        if (choice.Ncc < options.LeastNcc)
            return null;
        var result = reference.Registration.Register(choice.Head);
        return new(choice.Head, result.ReferenceToSource, choice.Ncc);
    }

    private Reference Finish(Registered[] slices, int round)
    {
        var pose = Pose(Mean(slices, Scaled(MeanScale(slices))));
        if (options.Twin is not null)
            pose = Align(Mean(slices, pose.Then(Scaled(MeanScale(slices)))), options.Twin).Then(pose);
        var image = Symmetric(Mean(slices, pose.Then(Scaled(MeanScale(slices)))));
        var parameters = new ReferenceParameters
        {
            Modality = options.Profile.Modality,
            Slices = slices.Length,
            Iterations = round,
            HuLow = options.Window.Low,
            HuHigh = options.Window.High,
        };
        if (!options.Profile.MaskedByReference)
            return Reference.Create(options.Profile, parameters, image, options.Profile.FindHead(image, 1, 1));
        var (mask, erosions) = CtMask.Build(image, options.BoneThreshold);
        return Reference.Create(
            options.Profile,
            parameters with { BoneThreshold = options.BoneThreshold, Erosions = erosions, Dilations = erosions + 5 }, image, mask);
    }

    /// <summary>Mean size of the subjects, so that the reference's millimetres are true.</summary>
    private static double MeanScale(Registered[] slices) => Math.Exp(slices.Average(slice =>
        Math.Log(slice.Map.Scale * Math.Sqrt(slice.Head.Slice.RowSpacing * slice.Head.Slice.ColumnSpacing))));

    private static AffineTransform2D Scaled(double meanScale) => AffineTransform2D.Similarity(0, 1 / meanScale, Centre, Centre);

    private static Image Mean(Registered[] slices, AffineTransform2D pose)
    {
        var sum = new Image(Reference.Side, Reference.Side);
        foreach (var slice in slices)
        {
            var moved = Resampler.Bilinear(slice.Head.Normalised, pose.Then(slice.Map), sum.Width, sum.Height, outside: 0);
            for (var i = 0; i < sum.Pixels.Length; i++)
                sum.Pixels[i] += moved.Pixels[i] / slices.Length;
        }
        return sum;
    }

    /// <summary>Half of the motion that maps the mean onto its mirror image makes it upright. Its head is moved to the middle.</summary>
    private static AffineTransform2D Pose(Image mean)
    {
        var head = Mask.Where(mean, value => value > 0.08f);
        var (x, y) = Morphology.FillHoles(Morphology.LargestComponent(head)).Centroid();
        var centred = AffineTransform2D.Translation(x - Centre, y - Centre);
        var upright = Enumerable.Range(-80, 161).Select(
            quarter => AffineTransform2D.Similarity(quarter / 4.0, 1, Centre, Centre).Then(centred))
            .SelectMany(turned => Enumerable.Range(-6, 13).Select(shift => AffineTransform2D.Translation(shift / 2.0, 0).Then(turned)))
            .MaxBy(candidate => SelfSimilarity(mean, candidate));
        return upright;
    }

    private static double SelfSimilarity(Image mean, AffineTransform2D map)
    {
        const int coarse = Reference.Side / 4;
        var small = Resampler.Bilinear(mean, AffineTransform2D.Similarity(0, 4, -0.5, -0.5).Then(map), coarse, coarse, outside: 0);
        return ImageMetrics.Ncc(small, Mirrored(small));
    }

    private static Image Symmetric(Image image)
    {
        var mirrored = Mirrored(image);
        return new(image.Width, image.Height, [.. image.Pixels.Zip(mirrored.Pixels, (a, b) => (a + b) / 2)]);
    }

    private static Image Mirrored(Image image)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                result[x, y] = image[image.Width - 1 - x, y];
        return result;
    }

    /// <summary>Registers this mean's skull to the twin's. The skull is bright in CT, and the dark ring under the scalp in T2.</summary>
    private AffineTransform2D Align(Image mean, Reference twin)
    {
        var twinSkull = Skull.Of(twin.Image, twin.Profile);
        var skull = Skull.Of(mean, options.Profile);
        var registration = new LinearRegistration(GaussianFilter.Apply(twinSkull, 2, 2), Mask.Where(twinSkull, v => v > 0.5f));
        return registration.Register(GaussianFilter.Apply(skull, 2, 2));
    }

    private sealed record Registered(HeadSlice Head, AffineTransform2D Map, double Ncc);
}
