using Gateway.Harness;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Registration3DBench;

/// <summary>The phantom under a known map, and real heads where they are on this machine.</summary>
internal static class Pairs
{
    public static IEnumerable<Pair> All(Checkout checkout)
    {
        yield return Phantom("phantom-a", 21, new(8, -6, 12), new(14, -9, 6), 1.06, 5);
        yield return Phantom("phantom-b", 22, new(-15, 10, -8), new(-10, 12, -7), 0.93, 6);
        var data = Path.GetFullPath(Path.Combine(checkout.Root, "..", "shared", "data"));
        if (!Directory.Exists(data))
            yield break;
        yield return Real(
            "t2", Path.Combine(data, "t2/niivue/M2265_T2w.nii.gz"), Path.Combine(data, "t2/niivue/register_T2w.nii.gz"), null);
        yield return Real(
            "t2b", Path.Combine(data, "t2/open_ms/patient01_study2_T2W.nii.gz"),
            Path.Combine(data, "t2/open_ms/patient04_study1_T2W.nii.gz"), null);
        yield return Real(
            "ct", Path.Combine(data, "ct/template_cq500_2mm/template_with_skull_2mm.nii.gz"),
            Path.Combine(data, "ct/invesalius_cranium/cranium_ct.nii.gz"), (0, 100));
    }

    /// <summary>The moving head is the fixed one seen through a linear map and smooth waves of a few mm, with gamma, bias and
    /// noise.</summary>
    private static Pair Phantom(string name, ulong seed, Vector3D degrees, Vector3D shift, double scale, double waves)
    {
        var middle = new Vector3D(0, 2, 8);
        var head = PhantomVolume.Render(HeadPhantom.Sample(new() { Seed = seed }), Pair.Side, (float)Pair.Spacing);
        var linear = AffineTransform3D.Rotation(degrees * (Math.PI / 180), middle)
            .Then(AffineTransform3D.About(middle, new(scale, 0, 0), new(0, scale, 0), new(0.02, 0, scale), shift)).Invert();
        Vector3D ToFixed(Vector3D q) => linear.Apply(q) + new Vector3D(
            Math.Sin(q.Y / 23 + 1) * Math.Cos(q.Z / 29 + seed), Math.Sin(q.Z / 25 + 2) * Math.Cos(q.X / 27 + seed),
            Math.Sin(q.X / 21 + 3) * Math.Cos(q.Y / 31 + seed)) * waves;
        var (moving, back, random) = (Pair.Grid(middle), head.ToPatient.Invert(), new Random((int)seed));
        Parallel.For(0, Pair.Side, z =>
        {
            for (var y = 0; y < Pair.Side; y++)
                for (var x = 0; x < Pair.Side; x++)
                    moving[x, y, z] = VolumeResampler.At(head, back.Apply(ToFixed(moving.ToPatient.Apply(new(x, y, z)))), 0);
        });
        for (var i = 0; i < moving.Voxels.Length; i++)
        {
            var (x, y, z) =
                (i % Pair.Side / 128.0 - 0.5, i / Pair.Side % Pair.Side / 128.0 - 0.5, i / (Pair.Side * Pair.Side) / 128.0 - 0.5);
            var noise = 0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            moving.Voxels[i] = (float)Math.Clamp(Math.Pow(moving.Voxels[i], 0.8) * (1 + 0.3 * x - 0.2 * y + 0.25 * z) + noise, 0, 1);
        }
        // The way from fixed to moving undoes ToFixed: a fixed point, for the waves are shallow.
        Vector3D ToMoving(Vector3D p)
        {
            var q = linear.Invert().Apply(p);
            for (var i = 0; i < 50; i++)
                q += linear.Invert().Direction(p - ToFixed(q));
            return q;
        }
        return new(name, head, moving, ToMoving);
    }

    private static Pair Real(string name, string fixedFile, string movingFile, (double Low, double High)? window) =>
        new(name, Boxed(fixedFile, window), Boxed(movingFile, window));

    /// <summary>Clipped, scaled to [0, 1], resampled to the common grid about the head.</summary>
    private static VoxelVolume Boxed(string file, (double Low, double High)? window)
    {
        var volume = VolumeReduction.To(NiftiFile.ReadVoxels(file), Pair.Spacing);
        var (low, high) = window ?? (0, Percentiles.Of(volume.Voxels.Where(value => value > 0), 0.99));
        for (var i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = (float)Math.Clamp((volume.Voxels[i] - low) / (high - low), 0, 1);
        // The upper 170 mm of what is there: necks differ.
        var top = Enumerable.Range(0, 8)
            .Select(
                i => volume.ToPatient.Apply(
                    new(i % 2 * (volume.Width - 1), i / 2 % 2 * (volume.Height - 1), i / 4 * (volume.Depth - 1)))).ToArray();
        var middle = new Vector3D(
            (top.Min(p => p.X) + top.Max(p => p.X)) / 2, (top.Min(p => p.Y) + top.Max(p => p.Y)) / 2, top.Max(p => p.Z) - 100);
        return VolumeResampler.Trilinear(volume, Pair.Grid(middle), AffineTransform3D.Identity, outside: 0);
    }
}
