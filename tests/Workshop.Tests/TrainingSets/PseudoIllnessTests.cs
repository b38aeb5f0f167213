using Gateway.Imaging.Grids;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.TrainingSets;

public sealed class PseudoIllnessTests
{
    private const float Level = 4;

    private static readonly PseudoSlice Slice = PseudoCt.Of(
        HeadPhantom.Sample(new PhantomOptions { Seed = 3 }).RenderSlice(12).T2Picture().Map(v => v / 127.5f - 1));

    private static Illness Drawn(IllnessKind kind, ulong seed) => Illness.Draw(
        PseudoIllness.AnatomyOf(Slice, Level), new() { Seed = seed, Only = kind, Levels = (Level - 1, Level + 1) });

    [Theory]
    [InlineData(IllnessKind.AcuteHaemorrhage, FindingKind.AcuteBlood, 1, 0)]
    [InlineData(IllnessKind.Oedema, FindingKind.Oedema, -1, 1)]
    [InlineData(IllnessKind.OldInfarct, FindingKind.OldInfarct, -1, 1)]
    [InlineData(IllnessKind.Cyst, FindingKind.Cyst, -1, 1)]
    [InlineData(IllnessKind.AcuteInfarct, FindingKind.AcuteInfarct, -1, 1)]
    [InlineData(IllnessKind.Epidural, FindingKind.Epidural, 1, 0)]
    public void An_illness_turns_both_pictures_the_way_it_turns_real_ones(IllnessKind kind, FindingKind finding, int hounsfield, int t2)
    {
        var (hu, grey, count) = (0.0, 0.0, 0);
        for (ulong seed = 1; seed < 6; seed++)
        {
            var illness = Drawn(kind, seed);
            var ill = PseudoIllness.Lay(Slice, illness);
            for (var i = 0; i < ill.Grey.Pixels.Length; i++)
            {
                if (illness.KindAt(i % 256, i / 256, 0) != finding)
                    continue;
                (hu, grey, count) = (hu + ill.Hounsfield.Pixels[i] - 27, grey + ill.Grey.Pixels[i] - Slice.White, count + 1);
            }
        }
        Assert.True(count > 60, $"{count} pixels");
        Assert.True(hounsfield * hu / count > 1, $"{hu / count:F1} HU against white matter");
        Assert.True(t2 == 0 || grey / count > 0.1, $"{grey / count:F2} of 1 against white matter");
    }

    [Fact]
    public void Only_the_lesions_and_their_seams_change_where_nothing_pushes()
    {
        var illness = Drawn(IllnessKind.MultipleSclerosis, 2);
        var ill = PseudoIllness.Lay(Slice, illness);

        Assert.NotEmpty(illness.Findings);
        for (var i = 0; i < ill.Grey.Pixels.Length; i++)
        {
            var near = illness.Findings.Any(layer => Enumerable.Range(0, 25)
                .Any(k => layer.Mask[(i % 256) + (k % 5) - 2, (i / 256) + (k / 5) - 2, 0] > 0));
            if (!near)
                Assert.Equal((Slice.Grey.Pixels[i], Slice.Hounsfield.Pixels[i]), (ill.Grey.Pixels[i], ill.Hounsfield.Pixels[i]));
        }
    }

    [Fact]
    public void Parts_of_the_brain_lie_where_they_do_in_a_head()
    {
        var anatomy = PseudoIllness.AnatomyOf(Slice, Level);

        var counts = anatomy.Voxels.CountBy(place => place).ToDictionary();
        Place[] wanted = [Place.Ventricle, Place.SurfaceCsf, Place.Cortex, Place.White, Place.DeepGrey, Place.Bone, Place.Scalp];
        foreach (var place in wanted)
            Assert.True(counts.GetValueOrDefault(place) > 80, $"{place}: {counts.GetValueOrDefault(place)}");
        Assert.All(Enumerable.Range(0, anatomy.Voxels.Length).Where(i => anatomy.Voxels[i] == Place.Ventricle), i =>
            Assert.InRange(i % 256, 80, 176));
    }

    [Fact]
    public void Bone_has_density_in_a_wide_window_and_the_brain_window_is_the_same_CT()
    {
        var (wide, narrow) = (Slice.Ct(-1000, 2000), Slice.Ct(-20, 100));

        Assert.Equal(narrow.Pixels, PseudoCt.FromT2(Slice.Grey.Map(v => 2 * v - 1), -20, 100).Pixels);
        var inner = Morphology.Erode(Slice.Skull, 2);
        var bone = wide.Pixels.Where((_, i) => inner.Pixels[i]).Select(v => (v + 1) * 1500 - 1000).Order().ToArray();
        Assert.InRange(bone[bone.Length / 2], 450, 1100);
    }
}
