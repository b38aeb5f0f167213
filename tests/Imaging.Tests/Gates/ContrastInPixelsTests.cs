using Gateway.Contracts.Reasons;
using Gateway.Imaging.Files;
using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Gates;

/// <summary>The gate that sees contrast in the pixels of a CT whose headers say nothing of it.</summary>
public sealed class ContrastInPixelsTests
{
    private static readonly Reference Ct = ShippedReference.Of("ct");
    private static readonly PhantomFindings Native = new() { Calcified = true, AcuteBlood = true };

    [Theory, InlineData(31, 180), InlineData(31, 350), InlineData(32, 250)]
    public void Enhanced_vessels_are_named(int seed, float hu)
    {
        var verdict = Check(Head(seed, new() { Contrast = hu }));

        var reason = Assert.Single(verdict.Reasons, reason => reason.Code == ReasonCode.ContrastInPixels.Name);
        Assert.Matches(@"^Vessels .* \d\.\d\d times the archive's limit\.$", reason.Text);
    }

    [Theory, InlineData(31), InlineData(32), InlineData(33), InlineData(34)]
    public void Large_calcifications_and_acute_blood_are_not(int seed) =>
        Assert.DoesNotContain(Check(Head(seed, Native)).Reasons, reason => reason.Code == ReasonCode.ContrastInPixels.Name);

    [Theory]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed")]
    [InlineData("ct/invesalius_cranium/cranium_ct.nii.gz")]
    [InlineData("ct/template_rorden_scct/scct_unsmooth_96x96x96.nii.gz")]
    [InlineData("ct/template_cq500_2mm/template_with_skull_2mm.nii.gz")]
    public void Real_native_heads_are_not(string name)
    {
        var path = RealData.Path(name);
        var volume = Directory.Exists(path)
            ? Volume.FromDicom(Directory.GetFiles(path, "*.dcm").Select(file => DicomFile.Open(file)))
            : new(NiftiFile.Read(path));

        Assert.True(Check(volume).Exceedances[ReasonCode.ContrastInPixels.Name] < 0.9);
    }

    [Fact]
    public void A_few_vessels_in_a_thin_and_noisy_scan_are_seen_as_in_a_thick_one()
    {
        var thin = Painted(Head(33, null, millimetres: 1.25), (at, _) => IsVessel(at) ? 280 : null, noise: 12);
        var thick = Painted(Head(33, null), (at, _) => IsVessel(at) ? 280 : null);

        Assert.True(Millilitres(thick) > 3);
        Assert.InRange(Millilitres(thin) / Millilitres(thick), 0.65, 1.5);

        static bool IsVessel((double X, double Y) at) => Math.Min(Distance(at, 20, 12), Distance(at, -22, -8)) < 2.7;
    }

    [Fact]
    public void The_streaks_of_metal_are_not_taken_for_vessels()
    {
        var head = Head(33, null);

        Assert.True(Millilitres(Painted(head, (at, height) => IsStreak(at, height) ? 200 : null)) > 1);
        var withMetal = Painted(head, (at, height) => IsMetal(at, height) ? 3000 : IsStreak(at, height) ? 200 : null);
        Assert.Equal(Millilitres(head), Millilitres(withMetal), 0.05);

        static bool IsMetal((double X, double Y) at, double height) => Math.Abs(height) <= 8 && Distance(at, 25, -20) < 3;
        static bool IsStreak((double X, double Y) at, double height) =>
            Math.Abs(height) <= 8 && Math.Abs(at.Y + 20) < 1.5 && Math.Abs(at.X) < 40;
    }

    [Fact]
    public void MR_has_no_such_figure()
    {
        var reference = ShippedReference.Of("t2");
        var head = HeadPhantom.Sample(new() { Seed = 31, Findings = new() { Contrast = 300 } });
        var planes = PhantomSeries.Planes(new() { Seed = 31, Kind = PhantomKind.T2 });

        var verdict = Check(new(planes.Select(plane => head.Render(plane).ToVolumeSlice(ShippedModalities.T2.Modality))), reference);

        Assert.DoesNotContain(ReasonCode.ContrastInPixels.Name, verdict.Exceedances.Keys);
        Assert.Empty(verdict.Reasons);
    }

    private static GateVerdict Check(Volume volume, Reference? reference = null)
    {
        var brain = reference ?? Ct;
        var limits = ArchiveLimits.Load(ShippedReference.Folder(brain.Profile.Modality.Code), brain);
        return new OutOfDistribution(brain, limits).Check(Preprocessor.Prepare(volume, brain, brain.Window));
    }

    private static double Millilitres(Volume volume)
    {
        var choice = new SliceChooser(Ct).Choose(volume);
        return EnhancedBlood.Millilitres(choice.Levels, choice.Index);
    }

    private static Volume Head(int seed, PhantomFindings? findings, double millimetres = 5)
    {
        var head = HeadPhantom.Sample(new() { Seed = (ulong)seed, Findings = findings });
        var options = new PhantomSeriesOptions
        {
            Seed = (ulong)seed,
            Kind = PhantomKind.HeadCt,
            Size = 192,
            Spacing = 1.2,
            SliceSpacing = millimetres,
            Slices = (int)(120 / millimetres),
        };
        return new(PhantomSeries.Planes(options).Select(plane => head.Render(plane).ToVolumeSlice(ShippedModalities.Ct.Modality)));
    }

    private static double Distance((double X, double Y) at, double x, double y) =>
        Math.Sqrt((at.X - x) * (at.X - x) + (at.Y - y) * (at.Y - y));

    /// <summary>A copy with noise, and other values where a function of place in the plane and height, mm, gives one.</summary>
    private static Volume Painted(Volume volume, Func<(double X, double Y), double, float?> hu, double noise = 0)
    {
        var random = new Random(1);
        return new(volume.Select(slice => new VolumeSlice
        {
            Image = new(
                slice.Image.Width, slice.Image.Height, [.. slice.Image.Pixels.Select((value, i) => (Told(slice, i) ?? value) + Noise())]),
            Position = slice.Position,
            RowDirection = slice.RowDirection,
            ColumnDirection = slice.ColumnDirection,
            RowSpacing = slice.RowSpacing,
            ColumnSpacing = slice.ColumnSpacing,
        }));

        float? Told(VolumeSlice slice, int i)
        {
            var place = slice.ToPatient(i % slice.Image.Width, i / slice.Image.Width);
            return hu((place.X, place.Y), place.Z - 10);
        }

        float Noise() => (float)(2 * noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
    }
}
