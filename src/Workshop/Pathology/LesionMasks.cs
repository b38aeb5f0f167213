using System.Collections.Concurrent;
using System.Numerics;
using Gateway.Imaging.Files;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>Masks of real lesions in the space of the MNI brain, one NIfTI file each. They are read as they are needed.</summary>
public sealed class LesionMasks
{
    private const int LeastVoxels = 150;

    private readonly string[] _files;
    private readonly ConcurrentDictionary<string, Lesion> _read = new();

    private LesionMasks(string[] files) => _files = files;

    /// <summary>How many files there are.</summary>
    public int Count => _files.Length;

    /// <param name="folder">Its <c>*.nii.gz</c> and <c>*.nii</c>, in the order of their names; maps of means are left out.</param>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    public static LesionMasks Of(string folder) => new(
        [.. FolderFiles.List(folder, name => (name.EndsWith(".nii.gz", StringComparison.Ordinal)
            || name.EndsWith(".nii", StringComparison.Ordinal)) && !name.Contains("mean", StringComparison.Ordinal))]);

    /// <summary>The shape of a lesion that shows between two levels of the standard brain; null if none of twelve does.</summary>
    /// <param name="random">Which one, mirrored or not, and how it is moved, turned, scaled and bent.</param>
    /// <param name="anatomy">The head that it is mapped to.</param>
    /// <param name="low">Standard z, mm.</param>
    /// <param name="high">Standard z, mm.</param>
    internal Shape? Draw(PhantomRandom random, Anatomy anatomy, float low, float high)
    {
        for (var attempt = 0; attempt < 12 && _files.Length > 0; attempt++)
        {
            var lesion = _read.GetOrAdd(_files[(int)(random.Next() % (ulong)_files.Length)], Read);
            var (mirror, lift) = (random.Chance(0.5f), random.Uniform(-8, 8));
            if (lesion.Between(low - lift, high - lift) >= LeastVoxels)
                return Place(lesion, random, anatomy, mirror ? new(-1, 1, 1) : Vector3.One, lift);
        }
        return null;
    }

    private static Shape Place(Lesion lesion, PhantomRandom random, Anatomy anatomy, Vector3 mirror, float lift)
    {
        var (warp, turn) = (
            new SmoothWarp(random, random.Uniform(0.8f, 2.2f), 18, 45),
            Quaternion.CreateFromAxisAngle(random.Direction(), random.Normal(0, 0.12f)));
        var scale = random.Uniform(0.85f, 1.2f);
        var shift = new Vector3(random.Normal(0, 2), random.Normal(0, 3), lift);
        var middle = lesion.Middle;
        var (a, b) = (anatomy.FromStandard(((lesion.Low - new Vector3(15)) * mirror) + shift),
            anatomy.FromStandard(((lesion.High + new Vector3(15)) * mirror) + shift));
        return new(Vector3.Min(a, b), Vector3.Max(a, b), p =>
        {
            var standard = (anatomy.ToStandard(warp.Apply(p)) - shift) * mirror;
            return 3 * (0.5f - lesion.Share(middle + Vector3.Transform(standard - middle, turn) / scale));
        });
    }

    private static Lesion Read(string file)
    {
        var volume = NiftiFile.ReadVoxels(file);
        var back = volume.ToPatient.Invert();
        var most = volume.Voxels.Max();
        var (low, high) = ((X: int.MaxValue, Y: int.MaxValue, Z: int.MaxValue), (X: -1, Y: -1, Z: -1));
        for (var i = 0; i < volume.Voxels.Length; i++)
        {
            if (volume.Voxels[i] <= most / 2)
                continue;
            var (x, y, z) = (i % volume.Width, i / volume.Width % volume.Height, i / volume.Width / volume.Height);
            low = (Math.Min(low.X, x), Math.Min(low.Y, y), Math.Min(low.Z, z));
            high = (Math.Max(high.X, x), Math.Max(high.Y, y), Math.Max(high.Z, z));
        }
        if (most <= 0)
            return Lesion.Empty;
        var size = (X: high.X - low.X + 1, Y: high.Y - low.Y + 1, Z: high.Z - low.Z + 1);
        var values = new float[size.X * size.Y * size.Z];
        for (var i = 0; i < values.Length; i++)
            values[i] = volume[low.X + i % size.X, low.Y + i / size.X % size.Y, low.Z + i / size.X / size.Y] / most;
        return new(new SoftMask(low, size, values), volume.ToPatient, back);
    }
}
