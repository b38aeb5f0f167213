using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;

namespace Gateway.Imaging.Tests.Registration;

/// <summary>Onto the reference and back with the identity in the model's place: what registration alone costs.</summary>
public sealed class RoundTripTests
{
    private static readonly Reference Ct = ShippedReference.Of("ct");
    private static readonly Reference T2 = ShippedReference.Of("t2");

    private static PreparedSlice Prepared(VolumeSlice slice, Reference reference, bool deform)
    {
        var prepared = Preprocessor.Prepare(
            new HeadSlice(slice, reference.Profile, GreyRange.Brain), 0, reference, GreyRange.Brain, deform);
        Assert.Equal(deform, prepared.Slice.Map.Field is not null);
        return prepared;
    }

    private static Image Restored(PreparedSlice prepared) => new(
        prepared.Slice.Source.Image.Width, prepared.Slice.Source.Image.Height,
        prepared.Slice.Restore(prepared.Registered.Pixels, outside: -1000));

    private static Mask Inside(PreparedSlice prepared) =>
        Morphology.Erode(prepared.Slice.SourceMask, 6, prepared.Slice.Source.ColumnSpacing, prepared.Slice.Source.RowSpacing);

    [Theory]
    [InlineData(21, false)]
    [InlineData(21, true)]
    [InlineData(22, false)]
    [InlineData(22, true)]
    public void A_smooth_phantom_returns_to_two_HU(int seed, bool deform)
    {
        var slice = HeadPhantom.Sample(new() { Seed = (ulong)seed }).RenderSlice(8, 512, 0.5f);
        var smooth = GaussianFilter.Apply(new(512, 512, slice.Ct), 6, 6);     // 3 mm: nothing the reference's 1 mm grid cannot hold
        var prepared = Prepared(SyntheticHead.Slice(smooth, 0.5), Ct, deform);

        var (restored, inside) = (Restored(prepared), Inside(prepared));
        var errors = Enumerable.Range(0, inside.Pixels.Length).Where(i => inside.Pixels[i])
            .Select(i => Math.Abs(restored.Pixels[i] - smooth.Pixels[i])).Order().ToArray();
        Assert.InRange(errors.Average(), 0, 2);
        Assert.InRange(errors[(int)(0.99 * errors.Length)], 0, 10);
    }

    [Theory]
    [InlineData("t2/open_ms/patient01_study1_T2W.nii.gz", "t2", true)]
    [InlineData("t2/open_ms/patient04_study1_T2W.nii.gz", "t2", true)]
    [InlineData("t2/open_ms/patient04_study1_T2W.nii.gz", "t2", false)]
    [InlineData("dicom/t2_fnndsc_siemens", "t2", false)]
    [InlineData("dicom/t2_fnndsc_siemens", "t2", true)]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", "ct", false)]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", "ct", true)]
    public void A_real_slice_loses_hardly_more_than_by_a_plain_change_of_grid(string source, string modality, bool deform)
    {
        var path = RealData.Path(source);
        var reference = modality == "ct" ? Ct : T2;
        var volume = SourceVolumes.Read(path, GreyRange.Brain).Single().Volume;
        var prepared = Preprocessor.Prepare(volume, reference, GreyRange.Brain, deform);
        var (image, inside) = (prepared.Slice.Source.Image, Inside(prepared));

        // The same slice onto a straight 1 mm grid and back: 512 to 256 to 512 for pixels of half a millimetre.
        var grid = AffineTransform2D.About(
            127.5, 127.5, 1 / prepared.Slice.Source.ColumnSpacing, 0, 0, 1 / prepared.Slice.Source.RowSpacing, (image.Width - 256) / 2.0,
            (image.Height - 256) / 2.0);
        var plain = Resampler.Bilinear(
            Resampler.Bilinear(image, grid, 256, 256, outside: 0), grid.Invert(), image.Width, image.Height, outside: 0);
        var (lost, floor) = (ImageMetrics.Mae(Restored(prepared), image, inside), ImageMetrics.Mae(plain, image, inside));
        Assert.True(lost <= 1.15 * floor, $"{lost:F2} against {floor:F2}");
    }

    [Fact]
    public void Landmarks_return_to_a_tenth_of_a_voxel()
    {
        var slice = HeadPhantom.Sample(new() { Seed = 23 }).RenderSlice(8, 512, 0.5f);
        var prepared = Prepared(SyntheticHead.Slice(new(512, 512, slice.T2), 0.5), T2, deform: true);
        for (var i = 0; i < prepared.Slice.SourceMask.Pixels.Length; i += 37)
        {
            if (!prepared.Slice.SourceMask.Pixels[i])
                continue;
            var (x, y) = prepared.Slice.Map.ToReference(i % 512, i / 512);
            var (backX, backY) = prepared.Slice.Map.ToSource(x, y);
            Assert.InRange(Math.Abs(backX - i % 512), 0, 0.1);
            Assert.InRange(Math.Abs(backY - i / 512), 0, 0.1);
        }
    }
}
