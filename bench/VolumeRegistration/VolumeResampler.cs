using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>Values of a volume at the mapped voxels of another grid; every volume that is delivered passes here once.</summary>
public static class VolumeResampler
{
    /// <summary>Trilinear.</summary>
    /// <param name="source">Sampled as it is: a finer one is smoothed by the caller.</param>
    /// <param name="grid">Gives size and place of the result; its values are not looked at.</param>
    /// <param name="gridToSource">Patient mm of the grid to patient mm of the source.</param>
    /// <param name="outside">Value of places more than half a voxel outside the source.</param>
    /// <param name="field">Applied before <paramref name="gridToSource"/>, on the grid.</param>
    public static VoxelVolume Trilinear(
        VoxelVolume source, VoxelVolume grid, AffineTransform3D gridToSource, float outside, DisplacementField3D? field = null)
    {
        var result = new VoxelVolume(grid.Width, grid.Height, grid.Depth, grid.ToPatient);
        var map = grid.ToPatient.Then(gridToSource).Then(source.ToPatient.Invert());
        Parallel.For(0, grid.Depth, z =>
        {
            for (var y = 0; y < grid.Height; y++)
            {
                for (var x = 0; x < grid.Width; x++)
                {
                    var at = (z * grid.Height + y) * grid.Width + x;
                    var p = field is null ? new Vector3D(x, y, z) : new Vector3D(x + field.X[at], y + field.Y[at], z + field.Z[at]);
                    result.Voxels[at] = At(source, map.Apply(p), outside);
                }
            }
        });
        return result;
    }

    /// <summary>Trilinear value at voxel coordinates.</summary>
    public static float At(VoxelVolume volume, Vector3D p, float outside)
    {
        if (!(p.X >= -0.5 && p.Y >= -0.5 && p.Z >= -0.5 && p.X <= volume.Width - 0.5 && p.Y <= volume.Height - 0.5
            && p.Z <= volume.Depth - 0.5))
            return outside;
        var (x, y, z) = (Math.Clamp(p.X, 0, volume.Width - 1), Math.Clamp(p.Y, 0, volume.Height - 1), Math.Clamp(p.Z, 0, volume.Depth - 1));
        var (i, j, k) = ((int)x, (int)y, (int)z);
        var (ii, jj, kk) = (Math.Min(i + 1, volume.Width - 1), Math.Min(j + 1, volume.Height - 1), Math.Min(k + 1, volume.Depth - 1));
        var (a, b, c) = ((float)(x - i), (float)(y - j), (float)(z - k));
        var low = Mix(Mix(volume[i, j, k], volume[ii, j, k], a), Mix(volume[i, jj, k], volume[ii, jj, k], a), b);
        var high = Mix(Mix(volume[i, j, kk], volume[ii, j, kk], a), Mix(volume[i, jj, kk], volume[ii, jj, kk], a), b);
        return Mix(low, high, c);

        static float Mix(float from, float to, float share) => from + share * (to - from);
    }
}
