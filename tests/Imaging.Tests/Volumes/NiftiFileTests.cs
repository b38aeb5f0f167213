using System.Globalization;
using Gateway.Imaging.Files;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

public sealed class NiftiFileTests
{
    /// <summary>Prints, for our slices' order, some patient points and values as nibabel sees them.</summary>
    private const string Probe =
        """
        import sys, numpy as n, nibabel as b
        for p in sys.argv[1:]:
            if p.startswith('/'):
                i = b.load(p); d = n.asarray(i.dataobj); d = d.reshape(d.shape[:3]); m = n.linalg.inv(i.affine)
                continue
            q = [float(v) for v in p.split(',')]
            v = n.rint(m @ [-q[0], -q[1], q[2], 1])[:3].astype(int)
            print(float(d[tuple(v)]))
        """;

    private static readonly string[] Types = [
        "<i2 sform", ">i2 qform", "<u1 qform", ">f4 qform", "<f8 sform", ">u2 sform", "<i1 sform", ">i4 qform", "<u4 sform",
        "<i8 sform", ">u8 qform"];

    private static readonly string[] Orientations = ["RAS", "LPS", "PIR", "SLA", "AIL"];

    [Fact]
    public void Every_type_byte_order_and_orientation_agrees_with_nibabel()
    {
        using var folder = new TemporaryDirectory();
        Python.Run(
            """
            import sys, numpy as n, nibabel as b
            from nibabel.orientations import *
            folder, kinds, orders = sys.argv[1], sys.argv[2].split(','), sys.argv[3].split(',')
            for kind, form in (k.split() for k in kinds):
                for axes in orders:
                    d = (n.arange(5*6*7) % 120).reshape(5, 6, 7).astype(kind)
                    c, s = n.cos(.2), n.sin(.2)
                    a = n.array([[c*1.5, -s*2, 0, 11], [s*1.5, c*2, 0, -23], [0, 0, 3.5, 7], [0, 0, 0, 1.]])
                    t = ornt_transform(axcodes2ornt('RAS'), axcodes2ornt(axes))
                    a = a @ inv_ornt_aff(t, d.shape); d = apply_orientation(d, t)
                    h = b.Nifti1Header(endianness=kind[0]); h.set_data_dtype(d.dtype)
                    i = b.Nifti1Image(d, a, h)
                    i.set_sform(a, code=1 if form == 'sform' else 0); i.set_qform(a, code=1)
                    i.header.set_slope_inter(2, -5)
                    b.save(i, f'{folder}/{kind[1:]}{"b" if kind[0] == ">" else "l"}{axes}.nii.gz')
            """,
            folder.Path, string.Join(',', Types), string.Join(',', Orientations));
        var files = Directory.GetFiles(folder.Path);
        Assert.Equal(Types.Length * Orientations.Length, files.Length);
        AgreesWithNibabel(files, tolerance: 1e-3);
    }

    [Fact]
    public void Every_real_volume_agrees_with_nibabel()
    {
        string[] files = [.. ((string[])["t2", "ct"]).SelectMany(
            folder => Directory.GetFiles(RealData.Path(folder), "*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".nii", StringComparison.Ordinal) || file.EndsWith(".nii.gz", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        AgreesWithNibabel(files, tolerance: 1e-2);
    }

    private static void AgreesWithNibabel(string[] files, double tolerance)
    {
        var random = new Random(4);
        var ours = new List<float>();
        var questions = new List<string>();
        foreach (var file in files)
        {
            var volume = NiftiFile.Read(file);
            questions.Add(file);
            for (var i = 0; i < 40; i++)
            {
                var slice = volume[random.Next(volume.Count)];
                var (x, y) = (random.Next(slice.Image.Width), random.Next(slice.Image.Height));
                var point = slice.ToPatient(x, y);
                ours.Add(slice.Image[x, y]);
                questions.Add(string.Create(CultureInfo.InvariantCulture, $"{point.X},{point.Y},{point.Z}"));
            }
            Assert.True(volume.Height(0) < volume.Height(volume.Count - 1));
            Assert.All(volume, slice => Assert.True(slice.RowDirection.X > 0.7 && slice.ColumnDirection.Y > 0.7));
        }
        var expected = Python.Numbers(Probe, [.. questions]);
        Assert.Equal(expected.Length, ours.Count);
        Assert.All(expected.Zip(ours), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void A_cut_file_is_refused()
    {
        using var folder = new TemporaryDirectory();
        Python.Run(
            "import sys,numpy as n,nibabel as b;b.save(b.Nifti1Image(n.zeros((9,8,7),'int16'),n.eye(4)),sys.argv[1])",
            folder.Combine("a.nii"));
        var whole = File.ReadAllBytes(folder.Combine("a.nii"));
        for (var length = 0; length < whole.Length; length += 7)
            Assert.Throws<InvalidDataException>(() => NiftiFile.Read(new MemoryStream(whole, 0, length)));
    }

    [Fact]
    public void Random_headers_are_refused_or_read_but_never_crash()
    {
        using var folder = new TemporaryDirectory();
        Python.Run(
            "import sys,numpy as n,nibabel as b;b.save(b.Nifti1Image(n.zeros((3,4,5),'int16'),n.eye(4)),sys.argv[1])",
            folder.Combine("a.nii"));
        var whole = File.ReadAllBytes(folder.Combine("a.nii"));
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var broken = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                broken[random.Next(40, 340)] = (byte)random.Next(256);
            try
            {
                NiftiFile.Read(new MemoryStream(broken));
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
