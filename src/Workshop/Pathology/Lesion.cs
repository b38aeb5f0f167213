using System.Numerics;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Pathology;

/// <summary>One mask in the space of the MNI brain (x to the right, y to the front, z up; mm).</summary>
/// <param name="mask">On the voxels of its file.</param>
/// <param name="toPatient">Voxels to LPS, mm.</param>
/// <param name="toVoxel">The way back.</param>
internal sealed class Lesion(SoftMask mask, AffineTransform3D toPatient, AffineTransform3D toVoxel)
{
    /// <summary>A mask of nothing.</summary>
    public static Lesion Empty { get; } =
        new(new SoftMask((0, 0, 0), (0, 0, 0), []), AffineTransform3D.Identity, AffineTransform3D.Identity);

    private readonly (float Z, float Sum)[] _levels =
    [
        .. Enumerable.Range(mask.Start.Z, mask.Size.Z).Select(z => (Standard(toPatient, 0, 0, z).Z, mask.SumOf(z))),
    ];

    /// <summary>Corner of the box that holds it.</summary>
    public Vector3 Low => Vector3.Min(First, Last);

    /// <summary>The opposite corner.</summary>
    public Vector3 High => Vector3.Max(First, Last);

    public Vector3 Middle => (First + Last) / 2;

    private Vector3 First => Standard(toPatient, mask.Start.X, mask.Start.Y, mask.Start.Z);

    private Vector3 Last =>
        Standard(toPatient, mask.Start.X + mask.Size.X - 1, mask.Start.Y + mask.Size.Y - 1, mask.Start.Z + mask.Size.Z - 1);

    /// <summary>Voxels between two levels.</summary>
    public float Between(float low, float high) => _levels.Where(level => level.Z >= low && level.Z <= high).Sum(level => level.Sum);

    /// <summary>The share 0..1 at a point.</summary>
    public float Share(Vector3 standard)
    {
        var voxel = toVoxel.Apply(new(-standard.X, -standard.Y, standard.Z));
        return mask.At(new((float)voxel.X, (float)voxel.Y, (float)voxel.Z));
    }

    private static Vector3 Standard(AffineTransform3D toPatient, int x, int y, int z)
    {
        var p = toPatient.Apply(new(x, y, z));
        return new((float)-p.X, (float)-p.Y, (float)p.Z);
    }
}
