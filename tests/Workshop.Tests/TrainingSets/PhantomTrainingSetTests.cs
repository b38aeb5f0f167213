using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Testing;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.TrainingSets;

public sealed class PhantomTrainingSetTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private static void Write(PhantomSetOptions options) => PhantomTrainingSet.Write(options, TestContext.Current.CancellationToken);

    private Image Read(string name, string kind) => PngFile.Read(_folder.Combine("paired", $"{name}.{kind}.png"));

    [Fact]
    public void Pairs_have_the_truth_beside_them_and_a_list_that_holds_the_last_tenth_out()
    {
        Write(new() { Output = _folder.Path, Count = 24, FirstSeed = 40 });

        Assert.Equal(24 * 5, Directory.GetFiles(_folder.Combine("paired")).Length);
        var pairs = ListedPair.Load(_folder.Path)!;
        Assert.Equal(["62", "63"], pairs.Where(pair => pair.Split == ListedPair.Test).Select(pair => pair.Name));
        Assert.InRange(pairs.Count(pair => pair.Findings.Count > 0), 10, 22);
        Assert.Contains(pairs, pair => Math.Abs(pair.LevelMm) > 25);
        foreach (var pair in pairs)
        {
            var (ct, wide, finding, tissue) = (
                Read(pair.Name, "ct"), Read(pair.Name, "wide"), Read(pair.Name, "finding"), Read(pair.Name, "tissue"));
            var shown = finding.Pixels.Where(code => code > 0).CountBy(code => $"{(FindingKind)(byte)code}").Where(kind => kind.Value > 30);
            Assert.All(shown, kind => Assert.Contains(kind.Key, pair.Findings));
            for (var i = 0; i < ct.Pixels.Length; i++)
            {
                var hounsfield = (wide.Pixels[i] / 255 * 3000) - 1000;
                if (tissue.Pixels[i] == 0)
                    Assert.Equal((0, 0), (ct.Pixels[i], wide.Pixels[i]));
                else
                    Assert.Equal(Math.Clamp((hounsfield + 20) / 120 * 255, 0, 255), ct.Pixels[i], 13f);
            }
        }
    }

    [Fact]
    public void The_same_seeds_write_the_same_bytes()
    {
        Write(new() { Output = _folder.Combine("one"), Count = 3, FirstSeed = 7, IllChance = 1 });
        Write(new() { Output = _folder.Combine("two"), Count = 3, FirstSeed = 7, IllChance = 1 });

        foreach (var file in Directory.GetFiles(_folder.Combine("one"), "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("one", "two", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(IllnessKind.AcuteHaemorrhage, FindingKind.AcuteBlood, 15, 0.05)]
    [InlineData(IllnessKind.OldInfarct, FindingKind.OldInfarct, -8, 0.25)]
    [InlineData(IllnessKind.Oedema, FindingKind.Oedema, -2, 0.1)]
    [InlineData(IllnessKind.Cyst, FindingKind.Cyst, -10, 0.35)]
    [InlineData(IllnessKind.AcuteSubdural, FindingKind.AcuteSubdural, 15, 0.1)]
    public void An_ill_slice_differs_from_the_healthy_one_as_the_illness_does(
        IllnessKind kind, FindingKind finding, double hounsfield, double t2)
    {
        var (hu, signal, count) = (0.0, 0.0, 0);
        for (ulong seed = 1; seed < 6; seed++)
        {
            var head = HeadPhantom.Sample(new PhantomOptions { Seed = seed });
            var healthy = head.RenderSlice(14);
            var illness = PhantomIllness.Draw(head, healthy, 14, new() { Seed = seed, Only = kind });
            var ill = head.Render(healthy.Plane, PhantomIllness.OverlayOf(illness, healthy, 14));
            var csf = 0.95 * Percentile(healthy);
            foreach (var i in Enumerable.Range(0, ill.Ct.Length).Where(i => illness.KindAt(i % 256, i / 256, 0) == finding))
                if (healthy.Labels[i] == Tissue.WhiteMatter)
                    (hu, signal, count) = (hu + ill.Ct[i] - healthy.Ct[i], signal + (ill.T2[i] - healthy.T2[i]) / csf, count + 1);
        }
        Assert.True(count > 20, $"{count} pixels");
        Assert.True(hounsfield > 0 ? hu / count > hounsfield : hu / count < hounsfield, $"{hu / count:F1} HU");
        Assert.True(kind is IllnessKind.AcuteHaemorrhage or IllnessKind.AcuteSubdural ? signal / count < t2 : signal / count > t2,
            $"{signal / count:F2} of CSF");
    }

    [Fact]
    public void An_overlay_of_nothing_changes_no_bit()
    {
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = 7 });
        var healthy = head.RenderSlice(8);
        var same = head.Render(healthy.Plane, PhantomIllness.OverlayOf(new() { Findings = [] }, healthy, 8));

        Assert.Equal(healthy.T2, same.T2);
        Assert.Equal(healthy.Ct, same.Ct);
    }

    private static float Percentile(PhantomSlice slice) =>
        Percentiles.Of(slice.T2.Where((_, i) => slice.Labels[i] == Tissue.Csf), 0.8);
}
