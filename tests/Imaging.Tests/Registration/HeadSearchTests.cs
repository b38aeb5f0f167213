using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Registration;

/// <summary>How a whole head is laid on the mean one, and the level that follows.</summary>
public sealed class HeadSearchTests
{
    private static readonly Lazy<Reference> T2 = new(() => ShippedReference.Of("t2")), Ct = new(() => ShippedReference.Of("ct"));

    [Theory]
    [InlineData(12, -5, 8, 1.08, 4)]
    [InlineData(-22, 4, -10, 0.9, 8)]
    public void A_head_that_was_turned_shrunk_and_shifted_is_found(double nod, double tilt, double turn, double size, double apart)
    {
        var mean = T2.Value.Head!;
        var (away, degrees) = (new Vector3D(7, -5, 11), Math.PI / 180);
        var toMean = AffineTransform3D.Rotation(new(nod * degrees, tilt * degrees, turn * degrees), default)
            .Then(AffineTransform3D.About(default, new(size, 0, 0), new(0, size, 0), new(0, 0, size), default)) with
        { Origin = away };
        var volume = new Volume(Enumerable.Range(0, (int)(130 / apart)).Select(i => Cut(mean, toMean, -60 + apart * i)));

        var place = new HeadSearch(mean).Find(Heads(volume, T2.Value), volume.Up);

        Assert.InRange((place.Middle - toMean.Invert().Apply(default)).Length, 0, 1.5);
        Assert.Equal(size, place.Scale, 0.02);
        Assert.True(place.Ncc > 0.97, $"NCC {place.Ncc}");
    }

    [Theory]
    [InlineData(41, 5, -45, 75)]
    [InlineData(42, 8, -45, 75)]
    [InlineData(43, 3, -45, 75)]
    [InlineData(44, 5, -42, 70)]
    public void T2_and_CT_of_one_head_have_one_level(int seed, float apart, float low, float high)
    {
        var head = HeadPhantom.Sample(new() { Seed = (ulong)seed });

        var t2 = Place(Scan(head, T2.Value, Planes(apart, low, high, new(0.1f, 0.05f, 0))), T2.Value);
        var ct = Place(Scan(head, Ct.Value, Planes(apart, low + 2, high, new(-0.15f, 0, 0.05f))), Ct.Value);

        Assert.InRange((t2.Middle - ct.Middle).Length, 0, 5);
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_head_is_seen_to_lie_upside_down(string modality)
    {
        var reference = modality == "t2" ? T2.Value : Ct.Value;
        var head = Scan(HeadPhantom.Sample(new() { Seed = 46 }), reference, Planes(5, -45, 75, default));

        var straight = Place(head, reference);
        var flipped = Place(new(head.Zip(head.Reverse(), (at, other) => With(at, other.Image))), reference);

        Assert.True(straight.UpsideDown < -0.04 && flipped.UpsideDown > 0.04, $"{straight.UpsideDown} {flipped.UpsideDown}");
    }

    [Fact]
    public void A_head_is_seen_to_look_to_the_back()
    {
        var head = Scan(HeadPhantom.Sample(new() { Seed = 46 }), T2.Value, Planes(5, -45, 75, default));

        var straight = Place(head, T2.Value);
        var turned = Place(
            new(head.Select(at => With(at, new(at.Width, at.Height, [.. at.Image.Pixels.AsEnumerable().Reverse()])))), T2.Value);

        Assert.True(straight.TurnedRound < 0 && turned.TurnedRound > 0, $"{straight.TurnedRound} {turned.TurnedRound}");
    }

    [Fact]
    public void The_neck_and_the_chest_below_do_not_move_the_level()
    {
        var head = HeadPhantom.Sample(new() { Seed = 47 });
        var slices = Scan(head, T2.Value, Planes(6, -45, 75, default));
        var chest = Enumerable.Range(1, 30).Select(i => With(slices[0], Ellipse(slices[0], 90, 60), slices[0].Position.Z - 30 - 6 * i));

        var alone = Place(slices, T2.Value).Middle;
        var among = Place(new(slices.Concat(chest)), T2.Value).Middle;

        Assert.InRange(Math.Abs(among.Z - alone.Z), 0, 4);
    }

    private static Volume Scan(HeadPhantom head, Reference reference, IReadOnlyList<PhantomPlane> planes) =>
        new(planes.Select(plane => head.Render(plane).ToVolumeSlice(reference.Profile.Modality)));

    private static IReadOnlyList<PhantomPlane> Planes(float apart, float low, float high, Vector3 turns)
    {
        var middle = PhantomPlane.Axial(new(0, 2, (low + high) / 2), 144, 1.6f, turns) with { Thickness = 0.9f * apart };
        var count = (int)((high - low) / apart) + 1;
        return [.. Enumerable.Range(0, count)
            .Select(i => middle with { Origin = middle.Origin + ((i - ((count - 1) / 2f)) * apart * middle.Normal) })];
    }

    private static HeadPlace Place(Volume volume, Reference reference) =>
        new HeadSearch(reference.Head!).Find(Heads(volume, reference), volume.Up);

    private static (HeadSlice Head, double Height)[] Heads(Volume volume, Reference reference) =>
        [.. volume.Select((slice, i) => (new HeadSlice(slice, reference.Profile, reference.Window), volume.Height(i)))];

    private static VolumeSlice Cut(MeanHead mean, AffineTransform3D toMean, double z)
    {
        var slice = With(SyntheticHead.Slice(new(120, 140), 2), new(120, 140), z);
        for (var i = 0; i < slice.Image.Pixels.Length; i++)
        {
            var at = mean.Fine.ToVoxels.Apply(toMean.Apply(slice.ToPatient(i % 120, i / 120)));
            var (value, _, _, _) = mean.Fine.Sample((float)at.X, (float)at.Y, (float)at.Z);
            slice.Image.Pixels[i] = float.IsNaN(value) ? 0 : value;
        }
        return slice;
    }

    private static VolumeSlice With(VolumeSlice slice, Image image, double? z = null) => new()
    {
        Image = image,
        Position = slice.Position with { Z = z ?? slice.Position.Z },
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static Image Ellipse(VolumeSlice slice, double across, double down)
    {
        var image = new Image(slice.Width, slice.Height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var at = slice.ToPatient(i % slice.Width, i / slice.Width);
            image.Pixels[i] = Math.Pow(at.X / across, 2) + Math.Pow(at.Y / down, 2) < 1 ? 300 : 0;
        }
        return image;
    }
}
