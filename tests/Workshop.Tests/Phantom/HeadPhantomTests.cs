using System.Security.Cryptography;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Tests.Phantom;

public sealed class HeadPhantomTests
{
    private static readonly PhantomSlice Slice = HeadPhantom.Sample(new PhantomOptions { Seed = 7 }).RenderSlice(8);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_head()
    {
        Assert.Equal(Digest(HeadPhantom.Sample(new PhantomOptions { Seed = 7 }).RenderSlice(8)), Digest(Slice));
        Assert.NotEqual(Digest(HeadPhantom.Sample(new PhantomOptions { Seed = 8 }).RenderSlice(8)), Digest(Slice));
    }

    [Fact]
    public void Bone_on_CT_is_where_the_labels_say_bone()
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < Slice.Ct.Length; i++)
        {
            var seen = Slice.Ct[i] > 300 && Slice.Head[i];
            var told = Slice.Labels[i] is Tissue.CorticalBone or Tissue.Diploe or Tissue.Calcification;
            both += seen && told ? 1 : 0;
            either += seen || told ? 1 : 0;
        }
        Assert.True(both > 0.8 * either, $"{both} of {either} pixels agree");
    }

    [Fact]
    public void Tissues_are_ordered_as_on_real_T2_and_CT()
    {
        foreach (var seed in new ulong[] { 1, 2, 3, 4, 5, 6 })
        {
            var slice = HeadPhantom.Sample(new PhantomOptions { Seed = seed }).RenderSlice(8);
            var (t2, ct) = (Medians(slice, slice.T2), Medians(slice, slice.Ct));
            Assert.True(t2[Tissue.Csf] > t2[Tissue.GreyMatter] && t2[Tissue.GreyMatter] > t2[Tissue.WhiteMatter]);
            Assert.True(t2[Tissue.WhiteMatter] > t2[Tissue.CorticalBone]);
            Assert.True(ct[Tissue.Csf] < ct[Tissue.WhiteMatter] && ct[Tissue.WhiteMatter] < ct[Tissue.DeepGrey]);
            Assert.InRange(ct[Tissue.WhiteMatter], 22, 38);
            Assert.InRange(ct[Tissue.CorticalBone], 500, 1700);
        }
    }

    [Fact]
    public void The_table_is_in_the_CT_and_not_in_its_picture()
    {
        var picture = Slice.CtPicture().Pixels;
        var table = Enumerable.Range(0, Slice.Ct.Length).Where(i => i / 256 > 212 && !Slice.Head[i] && Slice.Ct[i] > -900).ToArray();
        Assert.True(table.Length > 300, $"{table.Length} table pixels");
        Assert.All(table, i => Assert.Equal(0, picture[i]));
        Assert.Equal(255, picture.Max());
    }

    [Fact]
    public void The_marker_is_on_the_left_which_is_where_x_grows()
    {
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = 3, LeftMarker = true });

        Assert.Equal(Tissue.Calcification, head.LabelAt(new(28, -34, 14)));
        Assert.NotEqual(Tissue.Calcification, head.LabelAt(new(-28, -34, 14)));
        var slice = head.Render(PhantomPlane.Axial(new(0, 0, 14), 256, 1));
        Assert.True(slice.Ct[(94 * 256) + 156] > 110, "the marker is bright in columns right of the middle: the patient's left");
        Assert.True(slice.Ct[(94 * 256) + 100] < 60);
    }

    [Fact]
    public void Findings_change_their_own_places_and_leave_the_anatomy_as_it_is()
    {
        var findings = new PhantomFindings { Contrast = 300, Tumour = true, Calcified = true };
        var (found, native) = (HeadPhantom.Sample(new PhantomOptions { Seed = 7, Findings = findings }).RenderSlice(8), Slice);

        var changed = Enumerable.Range(0, native.Labels.Length).Where(i => found.Labels[i] != native.Labels[i])
            .Select(i => found.Labels[i]).ToArray();
        Assert.InRange(changed.Length, 30, native.Labels.Length / 50);
        Assert.All(changed, tissue => Assert.True(tissue is Tissue.Blood or Tissue.Calcification));
        Assert.Contains(Enumerable.Range(0, native.Labels.Length), i => found.Labels[i] == Tissue.Blood && found.Ct[i] > 250);
    }

    [Fact]
    public void Fractions_of_every_voxel_sum_to_one()
    {
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = 11 });
        var fractions = new float[16];
        for (var z = -60; z <= 90; z += 10)
        {
            for (var y = -110; y <= 110; y += 7)
            {
                for (var x = -90; x <= 90; x += 7)
                {
                    head.MixAt(new(x, y, z), 1, fractions);
                    Assert.Equal(1, fractions.Sum(), 1e-4f);
                }
            }
        }
    }

    private static Dictionary<Tissue, double> Medians(PhantomSlice slice, float[] values) =>
        values.Zip(slice.Labels).GroupBy(pair => pair.Second)
            .ToDictionary(g => g.Key, g => g.Select(pair => (double)pair.First).Order().ElementAt(g.Count() / 2));

    private static string Digest(PhantomSlice slice) => Convert.ToHexString(SHA256.HashData(
        [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes(
            slice.T2.AsSpan()), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(slice.Ct.AsSpan())]));
}
