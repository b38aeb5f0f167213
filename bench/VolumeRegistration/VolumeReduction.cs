using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>A coarser copy of a volume: the mean of whole blocks of voxels, so that no axis is finer than asked.</summary>
internal static class VolumeReduction
{
    /// <param name="volume">Left as it is.</param>
    /// <param name="millimetres">Spacing aimed at; an axis that is coarser already keeps its own.</param>
    public static VoxelVolume To(VoxelVolume volume, double millimetres)
    {
        var (x, y, z) =
            (Factor(volume.Spacing.X, volume.Width), Factor(volume.Spacing.Y, volume.Height), Factor(volume.Spacing.Z, volume.Depth));
        return x * y * z == 1 ? volume : Blocks(volume, x, y, z);

        int Factor(double spacing, int length) => Math.Clamp((int)Math.Round(millimetres / spacing), 1, Math.Max(1, length / 4));
    }

    /// <summary>Means of blocks of x by y by z voxels; an incomplete block at the end is left out.</summary>
    public static VoxelVolume Blocks(VoxelVolume volume, int x, int y, int z)
    {
        var from = volume.ToPatient;
        var place = new AffineTransform3D(from.X * x, from.Y * y, from.Z * z, from.Apply(new((x - 1) / 2.0, (y - 1) / 2.0, (z - 1) / 2.0)));
        var result = new VoxelVolume(volume.Width / x, volume.Height / y, volume.Depth / z, place);
        var scale = 1f / (x * y * z);
        Parallel.For(0, result.Depth, plane =>
        {
            for (var row = 0; row < result.Height; row++)
            {
                var sums = result.Voxels.AsSpan((plane * result.Height + row) * result.Width, result.Width);
                for (var k = plane * z; k < (plane + 1) * z; k++)
                    for (var j = row * y; j < (row + 1) * y; j++)
                        AddBlocks(sums, volume.Voxels.AsSpan((k * volume.Height + j) * volume.Width, volume.Width), x);
                for (var i = 0; i < sums.Length; i++)
                    sums[i] *= scale;
            }
        });
        return result;
    }

    private static void AddBlocks(Span<float> sums, ReadOnlySpan<float> row, int size)
    {
        for (var i = 0; i < sums.Length; i++)
            for (var k = 0; k < size; k++)
                sums[i] += row[i * size + k];
    }
}
