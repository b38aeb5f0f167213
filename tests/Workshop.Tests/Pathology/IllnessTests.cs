using System.Numerics;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.Tests.Pathology;

public sealed class IllnessTests
{
    private static readonly Anatomy Head = SimpleHead.Whole;

    private static Illness Drawn(IllnessKind kind, ulong seed = 3) => Illness.Draw(Head, new() { Seed = seed, Only = kind });

    /// <summary>What is seen at a voxel: white matter of 28 HU and T2 1 under the findings.</summary>
    private static (float Hounsfield, float T2) Seen(Illness illness, int x, int y, int z)
    {
        var (hounsfield, t2) = (28f, 1f);
        foreach (var layer in illness.Findings)
        {
            var share = layer.Mask[x, y, z];
            (hounsfield, t2) = (hounsfield + share * (layer.Hounsfield - hounsfield), t2 + share * (layer.T2 - t2));
        }
        return (hounsfield, t2);
    }

    private static IEnumerable<(int X, int Y, int Z)> Voxels(FindingLayer layer, float share) =>
        from z in Enumerable.Range(layer.Mask.Start.Z, layer.Mask.Size.Z)
        from y in Enumerable.Range(layer.Mask.Start.Y, layer.Mask.Size.Y)
        from x in Enumerable.Range(layer.Mask.Start.X, layer.Mask.Size.X)
        where layer.Mask[x, y, z] >= share
        select (x, y, z);

    [Theory]
    [InlineData(IllnessKind.AcuteInfarct, FindingKind.AcuteInfarct, 15, 28, 1.4f, 3)]
    [InlineData(IllnessKind.OldInfarct, FindingKind.OldInfarct, 3, 25, 1.7f, 3.7f)]
    [InlineData(IllnessKind.AcuteHaemorrhage, FindingKind.AcuteBlood, 46, 80, 0.3f, 1.9f)]
    [InlineData(IllnessKind.OldHaemorrhage, FindingKind.OldBlood, 28, 48, 0.2f, 3)]
    [InlineData(IllnessKind.Tumour, FindingKind.Tumour, 22, 50, 1.1f, 3)]
    [InlineData(IllnessKind.Oedema, FindingKind.Oedema, 15, 27, 1.4f, 3)]
    [InlineData(IllnessKind.MultipleSclerosis, FindingKind.MultipleSclerosis, 18, 28, 1.1f, 3.2f)]
    [InlineData(IllnessKind.SmallVessel, FindingKind.SmallVessel, 18, 28, 1.1f, 2.5f)]
    [InlineData(IllnessKind.AcuteSubdural, FindingKind.AcuteSubdural, 55, 76, 0.4f, 1.4f)]
    [InlineData(IllnessKind.ChronicSubdural, FindingKind.ChronicSubdural, 9, 61, 0.6f, 3.4f)]
    [InlineData(IllnessKind.Epidural, FindingKind.Epidural, 55, 79, 0.4f, 1.4f)]
    [InlineData(IllnessKind.Subarachnoid, FindingKind.Subarachnoid, 40, 66, 1, 2.7f)]
    [InlineData(IllnessKind.Craniotomy, FindingKind.Craniotomy, 28, 50, 0.8f, 2.1f)]
    [InlineData(IllnessKind.Cyst, FindingKind.Cyst, 2, 17, 2.7f, 3.8f)]
    [InlineData(IllnessKind.Meningioma, FindingKind.Tumour, 35, 57, 1.1f, 2.1f)]
    [InlineData(IllnessKind.Hydrocephalus, FindingKind.Oedema, 15, 27, 1.3f, 3)]
    [InlineData(IllnessKind.AfterSurgery, FindingKind.Cyst, 2, 17, 2.7f, 3.8f)]
    public void Every_illness_shows_its_pair_of_values_in_both_modalities(
        IllnessKind kind, FindingKind finding, float lowHu, float highHu, float lowT2, float highT2)
    {
        foreach (var seed in new ulong[] { 3, 4, 5 })
        {
            var illness = Drawn(kind, seed);
            var voxels = illness.Findings.Where(layer => layer.Kind == finding).SelectMany(layer => Voxels(layer, 0.9f))
                .Where(v => illness.KindAt(v.X, v.Y, v.Z) == finding).Distinct().ToArray();
            if (voxels.Length == 0)
                voxels = [.. illness.Findings.Where(layer => layer.Kind == finding).SelectMany(layer => Voxels(layer, 0.6f))];
            Assert.True(voxels.Length > 0, $"{kind} {seed} has no voxel");
            var (hounsfield, t2) = (
                voxels.Average(v => Seen(illness, v.X, v.Y, v.Z).Hounsfield), voxels.Average(v => Seen(illness, v.X, v.Y, v.Z).T2));
            Assert.InRange(hounsfield, lowHu, highHu);
            Assert.InRange(t2, lowT2, highT2);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_something_else()
    {
        var (one, again, other) = (Drawn(IllnessKind.Tumour), Drawn(IllnessKind.Tumour), Drawn(IllnessKind.Tumour, 4));

        Assert.Equal(one.Findings.Select(layer => layer.Hounsfield), again.Findings.Select(layer => layer.Hounsfield));
        Assert.Equal(one.Findings.SelectMany(layer => layer.Mask.Values), again.Findings.SelectMany(layer => layer.Mask.Values));
        Assert.NotEqual(one.Findings[0].Hounsfield, other.Findings[0].Hounsfield);
    }

    [Fact]
    public void Nothing_is_painted_outside_the_skull_but_what_belongs_there()
    {
        foreach (var kind in Enum.GetValues<IllnessKind>())
            foreach (var layer in Drawn(kind).Findings)
                Assert.All(Voxels(layer, 1e-4f), v => Assert.True(
                    Places.IsIntracranial(Head[v.X, v.Y, v.Z])
                    || (Head[v.X, v.Y, v.Z] == Place.Bone && layer.Kind == FindingKind.Craniotomy)));
    }

    [Theory]
    [InlineData(IllnessKind.Tumour)]
    [InlineData(IllnessKind.AcuteHaemorrhage)]
    [InlineData(IllnessKind.Meningioma)]
    [InlineData(IllnessKind.Hydrocephalus)]
    [InlineData(IllnessKind.AcuteSubdural)]
    [InlineData(IllnessKind.Epidural)]
    public void A_mass_moves_the_brain_by_millimetres_without_a_fold_and_leaves_the_skull(IllnessKind kind)
    {
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var effect = Drawn(kind, seed).MassEffect!;
            var (most, least) = (0f, float.MaxValue);
            for (var i = 0; i < Head.Voxels.Length; i++)
            {
                var (x, y, z) = (i % Head.Width, i / Head.Width % Head.Height, i / Head.Width / Head.Height);
                var p = Head.At(x, y, z);
                var moved = Vector3.Distance(effect.Source(p), p);
                if (!Places.IsIntracranial(Head[x, y, z]))
                    Assert.Equal(0, moved);
                else
                    (most, least) = (Math.Max(most, moved), Math.Min(least, effect.Jacobian(p)));
            }
            Assert.InRange(most, 1, 20);
            Assert.True(least > (kind == IllnessKind.Hydrocephalus ? 0.01f : 0.15f), $"{kind} {seed}: {least}");
        }
    }

    [Fact]
    public void Half_of_the_heads_are_ill_and_bleeds_infarcts_and_oedema_are_the_most()
    {
        var options = new PathologyOptions { Seed = 0, VariantChance = 0 };
        var drawn = Enumerable.Range(0, 120).Select(i => Illness.Draw(Head, options with { Seed = (ulong)i })).ToArray();

        Assert.InRange(drawn.Count(illness => illness.Findings.Count > 0), 45, 75);
        var kinds = drawn.SelectMany(illness => illness.Findings.Select(layer => layer.Kind).Distinct())
            .CountBy(kind => kind).ToDictionary();
        foreach (var kind in new[] { FindingKind.AcuteBlood, FindingKind.AcuteInfarct, FindingKind.Oedema })
            Assert.True(kinds.GetValueOrDefault(kind) >= 5, $"{kind}: {kinds.GetValueOrDefault(kind)}");
        Assert.True(kinds.Count >= 11, string.Join(", ", kinds.Keys));
    }

    [Fact]
    public void An_illness_shows_at_the_levels_that_were_asked_for()
    {
        foreach (var kind in Enum.GetValues<IllnessKind>())
        {
            var illness = Illness.Draw(Head, new() { Seed = 9, Only = kind, Levels = (92, 104) });
            Assert.True(Enumerable.Range(43, 13).Any(z => illness.Visible(z, least: 3).Count > 0), $"{kind}");
        }
    }

    [Fact]
    public void Calcium_is_dense_and_dark_and_sinuses_fill_in_healthy_heads_too()
    {
        var layers = Enumerable.Range(0, 12).SelectMany(
            seed => Illness.Draw(Head, new() { Seed = (ulong)seed, Chance = 0, VariantChance = 1 }).Findings).ToArray();

        var calcium = layers.Where(layer => layer.Kind == FindingKind.Calcification).ToArray();
        Assert.True(calcium.Length >= 10, $"{calcium.Length}");
        Assert.All(calcium, layer => Assert.True(layer is { Hounsfield: >= 100, T2: < 0.8f } && layer.Mask.Values.Max() > 0.1f));
        Assert.All(layers.Except(calcium), layer => Assert.Equal(FindingKind.OpacifiedSinus, layer.Kind));
        Assert.NotEmpty(layers.Except(calcium));
    }

    [Fact]
    public void A_finding_keeps_its_place_between_white_matter_and_CSF_in_a_head_of_other_contrast()
    {
        var layer = Drawn(IllnessKind.Cyst).Findings[0] with { T2 = 2.3f };

        Assert.Equal(2.3f, layer.T2At(FindingLayer.UsualCsf), 1e-5f);
        Assert.Equal(1.5f, layer.T2At(2), 1e-5f);
        Assert.Equal(0.4f, (layer with { T2 = 0.4f }).T2At(2));
    }
}
