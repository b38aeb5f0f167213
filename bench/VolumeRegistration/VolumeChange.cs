using System.Runtime.Intrinsics;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>Change of volume of a displacement field, voxel by voxel: central differences, one-sided at the borders.</summary>
/// <param name="width">Voxels along the first index.</param>
/// <param name="height">Along the second.</param>
/// <param name="depth">Along the third.</param>
/// <param name="voxel">Size of a voxel in the displacements' unit.</param>
internal sealed class VolumeChange(int width, int height, int depth, Vector3D voxel)
{
    /// <summary>One row: 1 where nothing is moved, 0 or less where space folds.</summary>
    public void Row(float[][] field, int y, int z, Span<float> change)
    {
        var plane = width * height;
        var at = z * plane + y * width;
        var (above, below, before, behind) = (y > 0 ? width : 0, y < height - 1 ? width : 0, z > 0 ? plane : 0, z < depth - 1 ? plane : 0);
        var (byY, byZ) = ((float)(width / ((above + below) * voxel.Y)), (float)(plane / ((before + behind) * voxel.Z)));
        var x = 1;
        for (; x < width - 8; x += 8)
        {
            var (xx, yx, zx) = Slopes(x, 1, 1, (float)(0.5 / voxel.X));
            var (xy, yy, zy) = Slopes(x, above, below, byY);
            var (xz, yz, zz) = Slopes(x, before, behind, byZ);
            Determinant(xx + Vector256<float>.One, yx, zx, xy, yy + Vector256<float>.One, zy, xz, yz, zz + Vector256<float>.One)
                .CopyTo(change[x..]);
        }
        change[0] = One(0, 0, 1);
        for (; x < width; x++)
            change[x] = One(x, 1, x < width - 1 ? 1 : 0);

        (Vector256<float> X, Vector256<float> Y, Vector256<float> Z) Slopes(int x, int back, int ahead, float by) =>
            (Slope(field[0], x, back, ahead, by), Slope(field[1], x, back, ahead, by), Slope(field[2], x, back, ahead, by));

        Vector256<float> Slope(float[] u, int x, int back, int ahead, float by) =>
            (Vector256.Create(u, at + x + ahead) - Vector256.Create(u, at + x - back)) * by;

        float One(int x, int left, int right)
        {
            Vector3D Along(int back, int ahead, double by) =>
                new Vector3D(
                    field[0][at + x + ahead] - field[0][at + x - back], field[1][at + x + ahead] - field[1][at + x - back],
                    field[2][at + x + ahead] - field[2][at + x - back]) * by;
            var (dx, dy, dz) = (Along(left, right, 1 / ((left + right) * voxel.X)), Along(above, below, byY), Along(before, behind, byZ));
            return (float)(dx + new Vector3D(1, 0, 0)).Cross(dy + new Vector3D(0, 1, 0)).Dot(dz + new Vector3D(0, 0, 1));
        }
    }

    private static Vector256<float> Determinant(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Vector256<float> e, Vector256<float> f,
        Vector256<float> g, Vector256<float> h, Vector256<float> i) =>
        a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}
