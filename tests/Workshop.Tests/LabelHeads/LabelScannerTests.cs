using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Testing;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Limits;

namespace Gateway.Workshop.Tests.LabelHeads;

public sealed class LabelScannerTests
{
    private static readonly ModalityProfile[] Profiles = [ShippedModalities.T2, ShippedModalities.Ct];

    /// <summary>Of a head that the mean head was not made from; the poses of T2 and CT differ.</summary>
    [Theory]
    [InlineData("usual slices")]
    [InlineData("slices of 7.5 mm")]
    [InlineData("both missing")]
    public void T2_and_CT_of_one_person_are_cut_within_one_slice(string variant)
    {
        var scanner = new LabelScanner(RealData.Path("labels/synthseg/training_seg_20.nii.gz"));

        var levels = Profiles.Select((profile, i) =>
        {
            var scan = scanner.Scan(
                new() { Seed = (ulong)(7 + i), Turns = new(12 * i, 3, -4), SpacingMm = 2.5f, ThicknessMm = 2.5f, Ill = true });
            var volume = VolumeVariant.Good.Single(good => good.Name == variant).Of(scan.Volume(profile.Modality), profile, new(1));
            return volume.Height(new SliceChooser(Shipped(profile)).Choose(volume).Index) - scan.Middle.Z;
        }).ToArray();

        Assert.InRange(Math.Abs(levels[0] - levels[1]), 0, variant == "slices of 7.5 mm" ? 7.5 : 5);
    }

    private static Reference Shipped(ModalityProfile profile) =>
        Reference.Load(Path.Combine(Repository.Root, "models", "references", profile.Modality.Code), profile);
}
