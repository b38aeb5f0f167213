using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Stacks;

/// <summary>One image of a series, or one frame of an enhanced image, as the split into stacks sees it: by its header alone.</summary>
public sealed class StackImage
{
    /// <param name="header">Its own attributes (<see cref="EnhancedImage.FrameHeaders"/>).</param>
    /// <param name="source">Index of its image among those of the series.</param>
    /// <param name="frame">Number of the frame, from 1; null for a single-frame image.</param>
    public StackImage(DicomDataset header, int source, int? frame)
    {
        (Header, Source, Frame) = (header, source, frame);
        var (position, cosines) = (Numbers(DicomTag.ImagePositionPatient, 3), Numbers(DicomTag.ImageOrientationPatient, 6));
        if (position is null || cosines is null)
            return;
        var (row, column) = (new Vector3D(cosines[0], cosines[1], cosines[2]), new Vector3D(cosines[3], cosines[4], cosines[5]));
        if (row.Cross(column).Length < 0.1)
            return;
        (Position, Row, Column, IsPlaced) = (new(position[0], position[1], position[2]), row.Unit(), column.Unit(), true);
    }

    public DicomDataset Header { get; }

    public int Source { get; }

    public int? Frame { get; }

    /// <summary>Whether it says where it lies (PS3.3 C.7.6.2); if not, position and directions are 0.</summary>
    public bool IsPlaced { get; }

    /// <summary>Centre of the first pixel, mm.</summary>
    public Vector3D Position { get; }

    /// <summary>Unit vector along a row.</summary>
    public Vector3D Row { get; }

    /// <summary>Unit vector down a column.</summary>
    public Vector3D Column { get; }

    public string SopInstanceUid => Text(DicomTag.SOPInstanceUID);

    /// <summary>Every image of a series, and every frame of its enhanced images; one that describes no frame stands for itself.</summary>
    public static IReadOnlyList<StackImage> Of(IReadOnlyList<DicomDataset> images) => [.. images.SelectMany(Of)];

    /// <summary>The values joined by backslashes, without padding; empty for an absent attribute.</summary>
    internal string Text(DicomTag tag) =>
        Header.TryGetString(tag, out var value) ? string.Join('\\', value.Split('\\').Select(part => part.Trim())).Trim('\\') : "";

    /// <summary>Null where there is no such number.</summary>
    internal double? Number(DicomTag tag) => Header.TryGetValue<double>(tag, 0, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Null where there are not as many numbers.</summary>
    internal double[]? Numbers(DicomTag tag, int count) =>
        Header.TryGetValues<double>(tag, out var values) && values.Length == count && values.All(double.IsFinite) ? values : null;

    private static IEnumerable<StackImage> Of(DicomDataset image, int source)
    {
        var (enhanced, frames) = (EnhancedImage.IsEnhanced(image), EnhancedImage.FrameHeaders(image));
        return enhanced && frames.Count > 0
            ? frames.Select((frame, index) => new StackImage(frame, source, index + 1))
            : [new(image, source, null)];
    }
}
