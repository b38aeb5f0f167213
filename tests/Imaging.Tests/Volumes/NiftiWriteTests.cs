using System.Globalization;
using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

public sealed class NiftiWriteTests
{
    /// <summary>Prints class, type, codes, the sform, the qform and all voxels as nibabel reads them.</summary>
    private const string Probe =
        """
        import sys, numpy as n, nibabel as b
        i = b.load(sys.argv[1]); h = i.header
        print(int(isinstance(i, b.Nifti2Image)) + 1, int(h['datatype']), int(h['sform_code']), int(h['qform_code']), int(h['xyzt_units']))
        print(*i.affine.ravel(), *h.get_qform().ravel(), *n.asarray(i.dataobj).ravel(order='F'))
        """;

    public static TheoryData<int, string, NiftiNumber, double> Formats => new()
    {
        { 1, "a.nii", NiftiNumber.Single, 0 },
        { 1, "a.nii.gz", NiftiNumber.Int16, 0 },
        { 2, "a.nii.gz", NiftiNumber.Single, 0 },
        { 2, "a.nii", NiftiNumber.Byte, 0 },
        { 1, "a.nii", NiftiNumber.Single, 0.2 },
    };

    [Theory, MemberData(nameof(Formats))]
    public void What_is_written_is_what_nibabel_and_we_read(int version, string name, NiftiNumber number, double shear)
    {
        using var folder = new TemporaryDirectory();
        foreach (var turn in (Vector3D[])[default, new(0.4, -0.2, 2.9), new(3.0, 0.5, 0.1), new(0, 0, -1.2)])
        {
            var volume = Volume(turn, shear);
            var format = new NiftiFormat { Version = version, Number = number, Slope = 0.5, Intercept = -10 };
            NiftiFile.Write(folder.Combine(name), volume, format);

            var read = Python.Numbers(Probe, folder.Combine(name));
            Assert.Equal([version, (int)number, 1, shear == 0 ? 1 : 0, 2], read[..5]);
            var lps = AffineTransform3D.Identity with { X = new(-1, 0, 0), Y = new(0, -1, 0) };
            Near(Matrix(volume.ToPatient.Then(lps)), read[5..21]);
            if (shear == 0)
                Near(Matrix(volume.ToPatient.Then(lps)), read[21..37]);
            var tolerance = number == NiftiNumber.Single ? 1e-4 : 0.26;
            Assert.All(volume.Voxels.Zip(read[37..]), pair => Assert.Equal(pair.First, pair.Second, tolerance));

            var back = NiftiFile.ReadVoxels(folder.Combine(name));
            Near(Matrix(volume.ToPatient), Matrix(back.ToPatient));
            Assert.All(volume.Voxels.Zip(back.Voxels), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void Nifti_2_of_nibabel_is_read_like_nifti_1()
    {
        using var folder = new TemporaryDirectory();
        Python.Run(
            """
            import sys, numpy as n, nibabel as b
            d = n.arange(5*6*7).reshape(5, 6, 7).astype(sys.argv[2])
            i = b.Nifti2Image(d, n.array([[0, 2, .1, 5], [1, 0, 0, -7], [0, .2, -3, 9], [0, 0, 0, 1.]]), b.Nifti2Header(endianness=sys.argv[2][0]))
            i.header.set_slope_inter(2, -5); b.save(i, sys.argv[1])
            """,
            folder.Combine("a.nii"), ">i2");
        var read = Python.Numbers(Probe, folder.Combine("a.nii"));
        var volume = NiftiFile.ReadVoxels(folder.Combine("a.nii"));
        Near(read[5..21], Matrix(volume.ToPatient.Then(new(new(-1, 0, 0), new(0, -1, 0), new(0, 0, 1), default))));
        Assert.Equal(read[37..], volume.Voxels.Select(v => (double)v));
    }

    [Fact]
    public void The_same_volume_gives_the_same_bytes()
    {
        using var folder = new TemporaryDirectory();
        foreach (var name in (string[])["a.nii.gz", "b.nii.gz"])
            NiftiFile.Write(folder.Combine(name), Volume(new(0.1, 0.2, 0.3), 0));
        Assert.Equal(File.ReadAllBytes(folder.Combine("a.nii.gz")), File.ReadAllBytes(folder.Combine("b.nii.gz")));
    }

    private static void Near(double[] expected, double[] found) =>
        Assert.True(
            expected.Zip(found).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4),
            string.Join(' ', found.Select(v => v.ToString(CultureInfo.InvariantCulture))));

    private static double[] Matrix(AffineTransform3D m) =>
        [m.X.X, m.Y.X, m.Z.X, m.Origin.X, m.X.Y, m.Y.Y, m.Z.Y, m.Origin.Y, m.X.Z, m.Y.Z, m.Z.Z, m.Origin.Z, 0, 0, 0, 1];

    private static VoxelVolume Volume(Vector3D turn, double shear)
    {
        var scaled = new AffineTransform3D(new(1.5, 0, 0), new(0, 2, 0), new(shear, 0, -3), new(10, -20, 30));
        var volume = new VoxelVolume(4, 3, 5, scaled.Then(AffineTransform3D.Rotation(turn, new(1, 2, 3))));
        for (var i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = i * 0.7f - 3;
        return volume;
    }
}
