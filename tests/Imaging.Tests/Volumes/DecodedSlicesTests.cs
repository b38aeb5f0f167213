using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests;

/// <summary>Slices are read as they are used, and no more of them than asked for is held.</summary>
public sealed class DecodedSlicesTests
{
    private const int Side = 64;
    private const int SliceBytes = sizeof(float) * Side * Side;

    [Theory, InlineData(false), InlineData(true)]
    public void A_volume_that_is_read_slice_by_slice_is_the_one_that_is_held_whole(bool enhanced)
    {
        var images = Images(PhantomKind.HeadCt);
        List<DicomDataset> stored = enhanced ? [EnhancedSeries.Of(images)] : images;
        using var memory = new DecodedSlices(SliceBytes);

        var (whole, read) =
            (Volume.FromDicom(images.Select(image => new DicomFile(image))), Volume.FromDicom(stored.Select(Stored), memory));

        Assert.Equal(0, memory.Decoded);
        Assert.Equal(whole.Select(slice => slice.Image.Pixels), read.Select(slice => slice.Image.Pixels));
        Assert.Equal(
            whole.Select(slice => (slice.Position, slice.Width, slice.Height)),
            read.Select(slice => (slice.Position, slice.Width, slice.Height)));
        Assert.Equal((images.Count, SliceBytes), (memory.Decoded, memory.MostHeld));
    }

    [Fact]
    public void The_slices_used_last_are_held_and_the_others_are_read_again()
    {
        using var memory = new DecodedSlices(3 * SliceBytes);
        var volume = Volume.FromDicom(Images(PhantomKind.HeadCt).Select(Stored), memory);

        int DecodedAfter(params int[] indices)
        {
            foreach (var index in indices)
                Assert.NotNull(volume[index].Image);
            return memory.Decoded;
        }

        Assert.Equal(3, DecodedAfter(0, 1, 2, 1, 0));
        Assert.Equal(4, DecodedAfter(3, 0, 1));     // 2 was used longest ago
        Assert.Equal(5, DecodedAfter(2));
        Assert.Equal((3 * SliceBytes, 3 * SliceBytes), (memory.Held, memory.MostHeld));
    }

    [Fact]
    public void Frames_that_are_not_used_are_not_read()
    {
        using var memory = new DecodedSlices(long.MaxValue);

        var volume = Volume.FromDicom([Stored(EnhancedSeries.Of(Images(PhantomKind.T2))) with { Frames = [1, 3, 4] }], memory);

        Assert.Equal([1, 3, 4], volume.Select(slice => slice.FrameNumber!.Value));
        Assert.Equal(3, volume.Select(slice => slice.Image).Count());
        Assert.Equal(3, memory.Decoded);
    }

    [Fact]
    public void What_is_prepared_does_not_depend_on_how_much_is_held()
    {
        var images = Images(PhantomKind.T2, slices: 24);
        using var little = new DecodedSlices(SliceBytes);
        using var plenty = new DecodedSlices(long.MaxValue);
        var reference = ShippedReference.Of("t2");

        PreparedSlice[] prepared =
        [
            .. ((DecodedSlices[])[little, plenty])
                .Select(memory => Preprocessor.Prepare(Volume.FromDicom(images.Select(Stored), memory), reference, GreyRange.Brain)),
        ];

        Assert.Equal(prepared[0].SliceIndex, prepared[1].SliceIndex);
        Assert.Equal(prepared[0].Input, prepared[1].Input);
        Assert.Equal(BrainStack.Of(prepared[0]).Select(slice => slice.Input()), BrainStack.Of(prepared[1]).Select(slice => slice.Input()));
        Assert.Equal((SliceBytes, images.Count), (little.MostHeld, plenty.Decoded));
    }

    private static StoredImage Stored(DicomDataset image)
    {
        using var stream = new MemoryStream();
        new DicomFile(image).Save(stream);
        var bytes = stream.ToArray();
        return new(() => new MemoryStream(bytes, writable: false), dataset => dataset);
    }

    private static List<DicomDataset> Images(PhantomKind kind, int slices = 6) =>
        [.. PhantomSeries.Create(new() { Seed = 3, Kind = kind, Slices = slices, Size = Side, Spacing = 3.6 })];
}
