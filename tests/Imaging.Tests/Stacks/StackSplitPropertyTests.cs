using Gateway.Imaging.Stacks;

namespace Gateway.Imaging.Tests.Stacks;

/// <summary>Properties of the split of series that nobody thought of: random attributes, subsets, jitter and order.</summary>
public sealed class StackSplitPropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_image_is_in_exactly_one_stack_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        var images = StackImage.Of(Series(random));
        var shuffled = images.ToArray();
        random.Shuffle(shuffled);

        var (stacks, again) = (StackSplit.Of(images), StackSplit.Of(shuffled));

        Assert.Equal(images.Count, stacks.Sum(stack => stack.Images.Count));
        Assert.Equal(images.ToHashSet(), stacks.SelectMany(stack => stack.Images).ToHashSet());
        Assert.Equal(stacks.Select(Shape), again.Select(Shape));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_two_images_of_a_stack_lie_at_one_place_where_an_attribute_tells_them_apart(int seed)
    {
        var random = new Random(seed);
        var times = random.Next(2, 6);
        List<DicomDataset> series = [];
        for (var time = 0; time < times; time++)
            series.AddRange(
                StackSeries.Axials(20, (i, image) => Jittered(random, image).AddOrUpdate(DicomTag.AcquisitionNumber, $"{time}")));
        var subset = StackSeries.Renamed([.. series.Where(_ => random.Next(10) > 0)]);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(subset));

        var stacks = StackSplit.Of(StackImage.Of(subset));

        Assert.All(stacks, stack => Assert.Equal(stack.Images.Count, stack.Places));
        Assert.All(
            stacks, stack => Assert.Single(stack.Images.Select(image => image.Header.GetString(DicomTag.AcquisitionNumber)).Distinct()));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Jitter_and_missing_slices_leave_one_stack(int seed)
    {
        var random = new Random(seed);
        var series = StackSeries.Axials(40, (i, image) => Jittered(random, image).AddOrUpdate(
            DicomTag.AcquisitionNumber, $"{random.Next(5)}")
            .AddOrUpdate(DicomTag.AcquisitionTime, $"{101500 + random.Next(60)}")).Where(_ => random.Next(6) > 0).ToList();

        Assert.Single(StackSplit.Of(StackImage.Of(series)));
    }

    private static string Shape(ImageStack stack) =>
        $"{stack.Name} {stack.Places}: {string.Join(' ', stack.Images.Select(image => image.SopInstanceUid).Order(StringComparer.Ordinal))}";

    /// <summary>A few values of each of the attributes, or none, as they fall.</summary>
    private static List<DicomDataset> Series(Random random)
    {
        (DicomTag Tag, string[] Values)[] attributes =
        [
            (DicomTag.EchoTime, ["15", "100", "100.4", "15.2"]), (DicomTag.EchoNumbers, ["1", "2"]),
            (DicomTag.ConvolutionKernel, ["H30s", "H70h"]),
            (DicomTag.FrameOfReferenceUID, ["1.2.1", "1.2.2"]), (DicomTag.AcquisitionNumber, ["1", "2", "3", "4"]),
            (DicomTag.SliceThickness, ["1", "5"]),
            (DicomTag.AcquisitionTime, ["101500.1", "101501", "101502.25"]), (DicomTag.KVP, ["80", "140"]),
            (DicomTag.TemporalPositionIdentifier, ["1", "2"]),
        ];
        var used = attributes.Where(_ => random.Next(3) == 0).ToArray();
        return StackSeries.Renamed(StackSeries.Axials(random.Next(1, 60), (_, image) =>
        {
            Jittered(random, StackSeries.Place(image, 5 * random.Next(20)));
            foreach (var (tag, values) in used)
                if (random.Next(8) > 0)
                    image.AddOrUpdate(tag, values[random.Next(values.Length)]);
            return random.Next(30) == 0 ? image.Remove(DicomTag.ImagePositionPatient) : image;
        }));
    }

    private static DicomDataset Jittered(Random random, DicomDataset image)
    {
        decimal[] cosines = [1, 0, 0, 0, 1, 0];
        return image.AddOrUpdate(
            DicomTag.ImageOrientationPatient,
            [.. cosines.Select(cosine => cosine + Math.Round((decimal)(random.NextDouble() - 0.5) * 2e-6m, 7))]);
    }
}
