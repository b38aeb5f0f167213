using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Tests.LabelHeads;

public sealed class HeadPainterTests
{
    private static readonly HeadFrame Frame = new(LabelPhantom.Head);

    private static PaintedSlice Paint(ulong seed, float level = 0, float thickness = 2, params Finding[] findings)
    {
        var random = new PhantomRandom(seed);
        return new HeadPainter(LabelPhantom.Head, new(Frame, random), new(random), findings, seed).Paint(level, thickness);
    }

    /// <summary>Of the pixels that lie within some tissues.</summary>
    private static float Mean(PaintedSlice slice, Image image, params HeadTissue[] tissues)
    {
        var inner = Morphology.Erode(new Mask(image.Width, image.Height, Array.ConvertAll(slice.Tissues, tissues.Contains)), 1);
        return image.Pixels.Where((_, i) => inner.Pixels[i]).DefaultIfEmpty(float.NaN).Average();
    }

    [Theory, InlineData(1), InlineData(3), InlineData(4)]
    public void Every_tissue_has_its_density_and_its_signal(ulong seed)
    {
        var slice = Paint(seed);

        Assert.InRange(Mean(slice, slice.Ct, HeadTissue.WhiteMatter), 23, 34);
        Assert.InRange(Mean(slice, slice.Ct, HeadTissue.Thalamus, HeadTissue.Striatum), 31, 43);
        Assert.InRange(Mean(slice, slice.Ct, HeadTissue.Ventricle), 1, 16);
        Assert.InRange(Mean(slice, slice.Ct, HeadTissue.CorticalBone), 600, 1700);
        Assert.InRange(slice.Ct[2, 2], -1024, -980);
        float[] signals =
        [
            Mean(slice, slice.T2, HeadTissue.CorticalBone), Mean(slice, slice.T2, HeadTissue.WhiteMatter),
            Mean(slice, slice.T2, HeadTissue.Thalamus, HeadTissue.Striatum),
            Mean(slice, slice.T2, HeadTissue.Ventricle),
        ];
        Assert.Equal(signals.Order(), signals);
        Assert.InRange(signals[1], 0.75, 1.3);
        Assert.InRange(signals[3] / signals[1], 2, 5);
    }

    [Fact]
    public void Soft_tissue_has_skin_outside_and_fat_below_it()
    {
        var tissues = LabelPhantom.Head.Tissues.ToArray();
        var shares = tissues.CountBy(tissue => tissue).ToDictionary();

        Assert.All([HeadTissue.Skin, HeadTissue.Fat, HeadTissue.Muscle, HeadTissue.Dura, HeadTissue.Marrow, HeadTissue.Lens],
            tissue => Assert.True(shares.GetValueOrDefault(tissue) > 50, $"{tissue}"));
        Assert.Equal(HeadTissue.Outside, LabelPhantom.Head[0, 0, 0]);
    }

    [Fact]
    public void A_voxel_between_two_tissues_has_a_value_between_theirs()
    {
        var slice = Paint(4, thickness: 1);

        // Along a row from a ventricle into white matter no step is as high as the whole difference.
        var (dark, bright) = (Mean(slice, slice.T2, HeadTissue.WhiteMatter), Mean(slice, slice.T2, HeadTissue.Ventricle));
        var steps = Enumerable.Range(0, slice.Tissues.Length - 1)
            .Where(i => slice.Tissues[i] == HeadTissue.Ventricle && slice.Tissues[i + 1] == HeadTissue.WhiteMatter)
            .Select(i => slice.T2.Pixels[i] - slice.T2.Pixels[i + 1]).ToArray();
        Assert.NotEmpty(steps);
        Assert.True(steps.Average() < 0.75 * (bright - dark), $"{steps.Average()} of {bright - dark}");
    }

    [Fact]
    public void A_finding_is_seen_in_both_modalities_at_the_same_pixels()
    {
        var at = Frame.Centre + new Vector3(32, 0, 0);
        Finding blood = new()
        {
            Code = 4,
            Kind = "AcuteBlood",
            Share = p => Math.Clamp(10.5f - Vector3.Distance(p, at), 0, 1),
            Low = at - new Vector3(12),
            High = at + new Vector3(12),
            Hounsfield = 65,
            T2 = 0.5f,
        };

        var (healthy, ill) = (Paint(5), Paint(5, findings: blood));

        var inside = Enumerable.Range(0, ill.Findings.Length).Where(i => ill.Findings[i] == 4).ToArray();
        Assert.InRange(inside.Length, 200, 420);
        Assert.InRange(inside.Average(i => ill.Ct.Pixels[i]), 52, 75);
        Assert.True(inside.Average(i => healthy.T2.Pixels[i]) - inside.Average(i => ill.T2.Pixels[i]) > 0.25);
        var (x, y) = (inside.Average(i => i % 256), inside.Average(i => i / 256));
        Assert.All(
            Enumerable.Range(0, ill.Findings.Length).Where(i => Math.Abs(healthy.T2.Pixels[i] - ill.T2.Pixels[i]) > 1e-3),
            i => Assert.InRange(Math.Sqrt(Math.Pow((i % 256) - x, 2) + Math.Pow((i / 256) - y, 2)), 0, 18));
    }

    [Fact]
    public void Tissue_can_be_pushed_aside()
    {
        Finding push = new()
        {
            Code = 1,
            Kind = "Oedema",
            Share = _ => 0,
            Low = default,
            High = default,
            Hounsfield = 0,
            T2 = 1,
            Pull = p => p + new Vector3(8, 0, 0),
            PullLow = default,
            PullHigh = new(300),
        };

        var (there, pushed) = (Middle(Paint(6)), Middle(Paint(6, findings: push)));

        Assert.InRange(there - pushed, 6, 10);

        static double Middle(PaintedSlice slice) =>
            new Mask(256, 256, Array.ConvertAll(slice.Tissues, tissue => tissue == HeadTissue.Ventricle)).Centroid().X;
    }

    [Fact]
    public void A_level_below_the_end_of_the_map_is_cut_off()
    {
        Assert.False(Paint(1).IsCutOff);
        Assert.True(Paint(1, level: -130).IsCutOff || Paint(1, level: -130).Head.Area == 0);
    }
}
