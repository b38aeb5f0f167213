using System.Buffers;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>How far each voxel differs from its neighbourhood, in units of the neighbourhood's deviation: two scanners' brightness differs,
/// the pattern less.</summary>
internal static class LocalNormalisation
{
    private const int Reach = 4;

    /// <summary>Added to the variance, so that noise in air does not become pattern.</summary>
    private const float Floor = 0.05f * 0.05f;

    /// <param name="volume">[0, 1]; left as it is.</param>
    public static VoxelVolume Of(VoxelVolume volume)
    {
        var (mean, square) = (Means(volume, squared: false), Means(volume, squared: true));
        var result = new VoxelVolume(volume.Width, volume.Height, volume.Depth, volume.ToPatient);
        for (var i = 0; i < mean.Length; i++)
            result.Voxels[i] = (volume.Voxels[i] - mean[i]) / MathF.Sqrt(Math.Max(0, square[i] - mean[i] * mean[i]) + Floor);
        return result;
    }

    /// <summary>Over windows of 9 voxels a side, cut off at the borders.</summary>
    private static float[] Means(VoxelVolume volume, bool squared)
    {
        var (plane, planes, result) = (volume.Width * volume.Height, new float[volume.Voxels.Length], new float[volume.Voxels.Length]);
        Parallel.For(0, volume.Depth, z =>
        {
            var scratch = ArrayPool<float>.Shared.Rent(plane + volume.Width + 2 * Reach);
            PlaneFilter.Box(
                volume.Plane(z), squared ? volume.Plane(z) : default, planes.AsSpan(z * plane, plane), volume.Width, Reach, scratch);
            ArrayPool<float>.Shared.Return(scratch);
        });
        Parallel.For(0, volume.Depth, z =>
        {
            var (first, end, sum) = (Math.Max(0, z - Reach), Math.Min(volume.Depth, z + Reach + 1), result.AsMemory(z * plane, plane));
            for (var k = first; k < end; k++)
                PlaneFilter.Add(sum.Span, sum.Span, planes.AsSpan(k * plane, plane));
            for (var i = 0; i < plane; i++)
                sum.Span[i] /= (end - first) * Window(i % volume.Width, volume.Width) * Window(i / volume.Width, volume.Height);
        });
        return result;
    }

    private static int Window(int at, int length) => Math.Min(at, Reach) + 1 + Math.Min(length - 1 - at, Reach);
}
