using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// A volume seen from another's grid through a linear map and displacements: trilinear values and their slopes. Outside, the border is
/// repeated and the slopes are 0: what is not seen does not pull.
/// </summary>
/// <param name="volume">Looked at.</param>
/// <param name="toVolume">Grid voxels to the volume's voxels.</param>
/// <param name="voxel">The grid's voxel size, mm along each index.</param>
/// <param name="threads">Most threads.</param>
internal sealed class MovingVolume(VoxelVolume volume, AffineTransform3D toVolume, Vector3D voxel, int threads)
{
    private readonly ParallelOptions _threads = new() { MaxDegreeOfParallelism = threads };
    private readonly (float X, float Y, float Z) _alongX = Floats(toVolume.X / voxel.X);
    private readonly (float X, float Y, float Z) _alongY = Floats(toVolume.Y / voxel.Y);
    private readonly (float X, float Y, float Z) _alongZ = Floats(toVolume.Z / voxel.Z);

    /// <param name="field">Displacements on the grid, mm along its axes; the slopes per mm take their place.</param>
    /// <param name="width">Of the grid.</param>
    /// <param name="height">Of the grid.</param>
    /// <param name="values">Receives the values.</param>
    public void Sample(
        float[][] field, int width, int height, float[] values) => Parallel.For(0, values.Length / (width * height), _threads, z =>
    {
        for (var y = 0; y < height; y++)
        {
            var at = (z * height + y) * width;
            Row(Floats(toVolume.Apply(new(0, y, z))), field[0].AsSpan(at, width), field[1].AsSpan(at, width), field[2].AsSpan(at, width),
                values.AsSpan(at, width));
        }
    });

    private void Row((float X, float Y, float Z) start, Span<float> ux, Span<float> uy, Span<float> uz, Span<float> values)
    {
        var step = Floats(toVolume.X);
        for (var x = 0; x < values.Length; x++)
        {
            var (value, gx, gy, gz) = At(
                start.X + x * step.X + ux[x] * _alongX.X + uy[x] * _alongY.X + uz[x] * _alongZ.X,
                start.Y + x * step.Y + ux[x] * _alongX.Y + uy[x] * _alongY.Y + uz[x] * _alongZ.Y,
                start.Z + x * step.Z + ux[x] * _alongX.Z + uy[x] * _alongY.Z + uz[x] * _alongZ.Z);
            values[x] = value;
            (ux[x], uy[x], uz[x]) = (
                gx * _alongX.X + gy * _alongX.Y + gz * _alongX.Z, gx * _alongY.X + gy * _alongY.Y + gz * _alongY.Z,
                gx * _alongZ.X + gy * _alongZ.Y + gz * _alongZ.Z);
        }
    }

    /// <summary>Value and slopes per voxel of the volume.</summary>
    private (float Value, float X, float Y, float Z) At(float px, float py, float pz)
    {
        var (width, plane) = (volume.Width, volume.Width * volume.Height);
        var (x, y, z) =
            (Math.Clamp(px, 0, volume.Width - 1.001f), Math.Clamp(py, 0, volume.Height - 1.001f), Math.Clamp(pz, 0, volume.Depth - 1.001f));
        var (i, j, k) = ((int)x, (int)y, (int)z);
        var (a, b, c) = (x - i, y - j, z - k);
        var near = volume.Voxels.AsSpan(k * plane + j * width + i, plane + width + 2);
        var (n00, n10, n01, n11) = (near[0], near[width], near[plane], near[plane + width]);
        var (d00, d10, d01, d11) = (near[1] - n00, near[width + 1] - n10, near[plane + 1] - n01, near[plane + width + 1] - n11);
        var (e00, e10, e01, e11) = (n00 + a * d00, n10 + a * d10, n01 + a * d01, n11 + a * d11);
        var (low, high, front, back) = (e00 + b * (e10 - e00), e01 + b * (e11 - e01), e10 - e00, e11 - e01);
        var (dLow, dHigh) = (d00 + b * (d10 - d00), d01 + b * (d11 - d01));
        var value = low + c * (high - low);
        return x == px && y == py && z == pz ? (value, dLow + c * (dHigh - dLow), front + c * (back - front), high - low)
            : (value, 0, 0, 0);
    }

    private static (float X, float Y, float Z) Floats(Vector3D v) => ((float)v.X, (float)v.Y, (float)v.Z);
}
