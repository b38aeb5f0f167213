using Gateway.Imaging.Grids;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Evaluation;

/// <summary>Cuts one volume by a slice of another that lies in the same frame of reference.</summary>
/// <param name="volume">The one that is cut.</param>
/// <param name="air">Value outside it.</param>
internal sealed class SliceOfVolume(Volume volume, float air)
{
    private const int MostLayers = 7;
    private readonly VoxelVolume _box = VoxelVolume.Of(volume);

    /// <summary>Trilinear; thin slices are averaged over the thickness of the slice that cuts.</summary>
    /// <param name="slice">Gives the plane and its grid.</param>
    /// <param name="thicknessMm">Of that slice; 0 for a plane.</param>
    public Image At(VolumeSlice slice, double thicknessMm)
    {
        var thinness = _box.Depth > 1 ? thicknessMm / Math.Abs(_box.ToPatient.Z.Dot(slice.Normal.Unit())) : 1;
        var layers = Math.Clamp((int)Math.Round(thinness), 1, MostLayers);
        var (toVoxel, result) = (_box.ToPatient.Invert(), new Image(slice.Width, slice.Height));
        for (var layer = 0; layer < layers; layer++)
        {
            var off = slice.Normal.Unit() * (thicknessMm * ((layer + 0.5) / layers - 0.5));
            var start = toVoxel.Apply(slice.ToPatient(0, 0) + off);
            var (alongX, alongY) = (
                toVoxel.Direction(slice.RowDirection * slice.ColumnSpacing), toVoxel.Direction(slice.ColumnDirection * slice.RowSpacing));
            for (var i = 0; i < result.Pixels.Length; i++)
                result.Pixels[i] += Value(start + alongX * (i % slice.Width) + alongY * (i / slice.Width)) / layers;
        }
        return result;
    }

    private float Value(Vector3D at)
    {
        if (at.X < -0.5 || at.Y < -0.5 || at.Z < -0.5 || at.X > _box.Width - 0.5 || at.Y > _box.Height - 0.5 || at.Z > _box.Depth - 0.5)
            return air;
        var (x, fx) = Split(at.X, _box.Width);
        var (y, fy) = Split(at.Y, _box.Height);
        var (z, fz) = Split(at.Z, _box.Depth);
        var (right, below, above) = (Math.Min(x + 1, _box.Width - 1), Math.Min(y + 1, _box.Height - 1), Math.Min(z + 1, _box.Depth - 1));
        return Between(Plane(z), Plane(above), fz);

        float Plane(int k) => Between(
            Between(_box[x, y, k], _box[right, y, k], fx), Between(_box[x, below, k], _box[right, below, k], fx), fy);
    }

    private static (int Index, float Share) Split(double at, int count)
    {
        var inside = Math.Clamp(at, 0, count - 1);
        return ((int)inside, (float)(inside - (int)inside));
    }

    private static float Between(float a, float b, float share) => a + share * (b - a);
}
