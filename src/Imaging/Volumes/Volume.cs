using System.Collections;
using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Volumes;

/// <summary>Parallel slices of one head, ordered from the feet to the head; spacing may be uneven and the gantry tilted.</summary>
public sealed class Volume : IReadOnlyList<VolumeSlice>
{
    private readonly VolumeSlice[] _slices;

    /// <summary>Cosine of the angle, 1.1 degrees, up to which directions of a slice are the same.</summary>
    internal const double SameDirection = 0.9998;

    /// <summary>Slices nearer than this along the normal lie at one place, as repeats and copies do.</summary>
    internal const double SamePositionMm = 0.05;

    /// <summary>From the lowest slice to the highest; no person is longer.</summary>
    private const double LongestMm = 3000;

    /// <exception cref="VolumeException"><c>no-slices</c>.</exception>
    public Volume(IEnumerable<VolumeSlice> slices)
    {
        _slices = [.. slices];
        if (_slices.Length == 0)
            throw new VolumeException(ReasonCode.NoSlices, "The series holds no image.");
        var up = _slices[0].Normal is { Z: < 0 } normal ? -normal : _slices[0].Normal;
        _slices = [.. _slices.OrderBy(slice => up.Dot(slice.Position))];
        Up = up.Unit();
    }

    /// <summary>Makes a volume of the images of one series, in any order, single-frame or enhanced multi-frame.
    /// Uneven spacing and gantry tilt
    /// are kept as they are. Of images with the same place and pixels, one is kept.</summary>
    /// <exception cref="VolumeException">
    /// <c>no-slices</c>, <c>no-geometry</c>, <c>mixed-geometry</c> (orientation, matrix or spacing differ), <c>duplicate-positions</c>
    /// (different pixels at one place), <c>no-pixel-data</c>, <c>pixel-data-short</c>, <c>pixel-format</c>, <c>multi-frame</c>,
    /// <c>compressed</c>, <c>colour</c>.
    /// </exception>
    public static Volume FromDicom(IEnumerable<DicomFile> files) => Stack(files.SelectMany(file => DicomSlice.ReadAll(file.Dataset)));

    /// <summary>The same of files that are read as their slices are used.</summary>
    /// <param name="images">Of one series.</param>
    /// <param name="memory">Holds slices that were decoded, and lives as long as the volume.</param>
    /// <exception cref="VolumeException">As above; what is wrong with the pixels of a slice shows when they are read.</exception>
    public static Volume FromDicom(IEnumerable<StoredImage> images, DecodedSlices memory) =>
        Stack(images.SelectMany(image => image.Slices(memory)));

    private static Volume Stack(IEnumerable<VolumeSlice> slices)
    {
        var volume = new Volume(slices);
        var first = volume[0];
        if (volume.Height(volume.Count - 1) - volume.Height(0) is not (>= 0 and <= LongestMm))
            throw new VolumeException(ReasonCode.NoGeometry, "The images lie further apart than a person is long.");
        if (volume.Any(slice => !SameGeometry(slice, first)))
            throw new VolumeException(ReasonCode.MixedGeometry, "The images differ in orientation, matrix or pixel spacing.");
        var places = new List<VolumeSlice>();
        foreach (var slice in volume)
        {
            if (places.Count == 0 || volume.Up.Dot(slice.Position - places[^1].Position) >= SamePositionMm)
                places.Add(slice);
            else if (!slice.Image.Pixels.AsSpan().SequenceEqual(places[^1].Image.Pixels))
                throw new VolumeException(ReasonCode.DuplicatePositions, "Two different images lie at the same position.");
        }
        return new(places);
    }

    /// <summary>The common normal of the slices, towards the top of the head.</summary>
    public Vector3D Up { get; }

    public int Count => _slices.Length;

    public VolumeSlice this[int index] => _slices[index];

    /// <summary>Position of a slice along <see cref="Up"/>, mm.</summary>
    public double Height(int index) => Up.Dot(_slices[index].Position);

    /// <summary>Median distance between neighbouring slices, mm; 0 for a single slice.</summary>
    public double UsualSpacing
    {
        get
        {
            var steps = Steps().Order().ToArray();
            return steps.Length == 0 ? 0 : steps[steps.Length / 2];
        }
    }

    /// <summary>Places where slices are missing: the distance is a multiple of the usual one,
    /// and the neighbouring distances are usual. A stack
    /// whose spacing merely changes has none.</summary>
    public IReadOnlyList<SliceGap> Gaps
    {
        get
        {
            var (steps, usual) = (Steps(), UsualSpacing);
            return [.. from i in Enumerable.Range(0, steps.Length)
                       let times = (int)Math.Round(steps[i] / usual)
                       where times > 1 && Math.Abs(steps[i] / usual - times) < 0.15 && Usual(i - 1) && Usual(i + 1)
                       select new SliceGap(i, steps[i], times - 1)];

            bool Usual(int i) => i < 0 || i >= steps.Length || Math.Abs(steps[i] / usual - 1) < 0.1;
        }
    }

    public IEnumerator<VolumeSlice> GetEnumerator() => _slices.AsEnumerable().GetEnumerator();

    private double[] Steps() => [.. Enumerable.Range(1, Count - 1).Select(i => Height(i) - Height(i - 1))];

    private static bool SameGeometry(VolumeSlice a, VolumeSlice b) =>
        a.RowDirection.Dot(b.RowDirection) > SameDirection && a.ColumnDirection.Dot(b.ColumnDirection) > SameDirection
        && a.Width == b.Width && a.Height == b.Height
        && Math.Abs(a.RowSpacing / b.RowSpacing - 1) < 1e-3 && Math.Abs(a.ColumnSpacing / b.ColumnSpacing - 1) < 1e-3;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
