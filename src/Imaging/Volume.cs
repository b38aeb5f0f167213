using System.Collections;

namespace Gateway.Imaging;

/// <summary>Parallel slices of one head, ordered from the feet to the head; spacing may be uneven and the gantry tilted.</summary>
public sealed class Volume : IReadOnlyList<VolumeSlice>
{
    private readonly VolumeSlice[] _slices;

    private const double SameDirection = 0.9998;
    private const double SamePositionMm = 0.01;

    /// <exception cref="VolumeException"><c>no-slices</c>.</exception>
    public Volume(IEnumerable<VolumeSlice> slices)
    {
        _slices = [.. slices];
        if (_slices.Length == 0)
            throw new VolumeException("no-slices", "The series holds no image.");
        var up = _slices[0].Normal is { Z: < 0 } normal ? -normal : _slices[0].Normal;
        Array.Sort(_slices, (a, b) => up.Dot(a.Position).CompareTo(up.Dot(b.Position)));
        Up = up.Unit();
    }

    /// <summary>The images of one series, in any order. Uneven spacing and gantry tilt are kept as they are.</summary>
    /// <exception cref="VolumeException">
    /// <c>no-slices</c>, <c>no-geometry</c>, <c>mixed-geometry</c> (orientation, matrix or spacing differ), <c>duplicate-positions</c>,
    /// <c>no-pixel-data</c>, <c>pixel-data-short</c>, <c>pixel-format</c>, <c>multi-frame</c>, <c>compressed</c>, <c>colour</c>.
    /// </exception>
    public static Volume FromDicom(IEnumerable<DicomFile> files)
    {
        var volume = new Volume(files.Select(file => DicomSlice.Read(file.Dataset)));
        var first = volume[0];
        if (volume.Any(slice => !SameGeometry(slice, first)))
            throw new VolumeException("mixed-geometry", "The images differ in orientation, matrix or pixel spacing.");
        for (var i = 1; i < volume.Count; i++)
            if (volume.Height(i) - volume.Height(i - 1) < SamePositionMm)
                throw new VolumeException("duplicate-positions", "Two images lie at the same position.");
        return volume;
    }

    /// <summary>The slices' common normal, on the side of the head's top.</summary>
    public Vector3D Up { get; }

    public int Count => _slices.Length;

    public VolumeSlice this[int index] => _slices[index];

    /// <summary>Position of a slice along <see cref="Up"/>, mm.</summary>
    public double Height(int index) => Up.Dot(_slices[index].Position);

    public IEnumerator<VolumeSlice> GetEnumerator() => _slices.AsEnumerable().GetEnumerator();

    private static bool SameGeometry(VolumeSlice a, VolumeSlice b) =>
        a.RowDirection.Dot(b.RowDirection) > SameDirection && a.ColumnDirection.Dot(b.ColumnDirection) > SameDirection
        && a.Image.Width == b.Image.Width && a.Image.Height == b.Image.Height
        && Math.Abs(a.RowSpacing / b.RowSpacing - 1) < 1e-3 && Math.Abs(a.ColumnSpacing / b.ColumnSpacing - 1) < 1e-3;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
