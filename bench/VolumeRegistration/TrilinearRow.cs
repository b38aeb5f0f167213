using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>Trilinear values and slopes of a volume along a straight row of places.</summary>
internal static class TrilinearRow
{
    /// <param name="volume">Sampled.</param>
    /// <param name="start">Voxel coordinates of x = 0.</param>
    /// <param name="step">Their change with x.</param>
    /// <param name="first">First x.</param>
    /// <param name="end">Last x + 1; all places between lie within the volume.</param>
    /// <param name="m">Values at index x.</param>
    /// <param name="gx">Slopes along the volume's first index, per voxel.</param>
    /// <param name="gy">Along its second.</param>
    /// <param name="gz">Along its third.</param>
    public static void Sample(
        VoxelVolume volume, Vector3D start, Vector3D step, int first, int end, Span<float> m, Span<float> gx, Span<float> gy,
        Span<float> gz)
    {
        var (width, plane) = (volume.Width, volume.Width * volume.Height);
        var voxels = volume.Voxels.AsSpan();
        var (px, py, pz) = ((float)start.X, (float)start.Y, (float)start.Z);
        var (sx, sy, sz) = ((float)step.X, (float)step.Y, (float)step.Z);
        for (var x = first; x < end; x++)
        {
            var (vx, vy, vz) = (px + x * sx, py + x * sy, pz + x * sz);
            var (i, j, k) = ((int)vx, (int)vy, (int)vz);
            var (a, b, c) = (vx - i, vy - j, vz - k);
            var near = voxels[(k * plane + j * width + i)..];
            var (n00, n10, n01, n11) = (near[0], near[width], near[plane], near[plane + width]);
            var (d00, d10, d01, d11) = (near[1] - n00, near[width + 1] - n10, near[plane + 1] - n01, near[plane + width + 1] - n11);
            var (e00, e10, e01, e11) = (n00 + a * d00, n10 + a * d10, n01 + a * d01, n11 + a * d11);
            var (low, high) = (e00 + b * (e10 - e00), e01 + b * (e11 - e01));
            m[x] = low + c * (high - low);
            gz[x] = high - low;
            gy[x] = e10 - e00 + c * (e11 - e01 - (e10 - e00));
            var (dLow, dHigh) = (d00 + b * (d10 - d00), d01 + b * (d11 - d01));
            gx[x] = dLow + c * (dHigh - dLow);
        }
    }
}
