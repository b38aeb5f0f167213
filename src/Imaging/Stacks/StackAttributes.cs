using System.Globalization;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Stacks;

/// <summary>The attributes by which stacks are told apart (PS3.3 C.7.6, C.8.2, C.8.3), each list in the order it is used.</summary>
internal static class StackAttributes
{
    private static readonly DicomTag[] Times =
    [
        DicomTag.AcquisitionDateTime, DicomTag.FrameAcquisitionDateTime, DicomTag.AcquisitionDate, DicomTag.AcquisitionTime,
    ];

    /// <summary>When an image was acquired, as text that sorts; empty where it does not say.</summary>
    public static Func<StackImage, string> Time { get; } = Untold("time of acquisition", Times).Value;

    /// <summary>Images that differ in one of these are never in one stack.</summary>
    public static IReadOnlyList<StackAttribute> Always { get; } =
    [
        Untold("kind of object", DicomTag.SOPClassUID, DicomTag.Modality),
        new("place", image => image.IsPlaced ? "yes" : "no", value => value == "yes" ? "with a place" : "without a place"),
        Untold("frame of reference", DicomTag.FrameOfReferenceUID),
        new("image type", Kind, value => value.Contains("LOCALIZER", StringComparison.Ordinal) ? "localizer" : $"image type {value}"),
        new("matrix", image => $"{image.Text(DicomTag.Columns)} x {image.Text(DicomTag.Rows)}", value => $"{value} pixels"),
        StackAttribute.Of("convolution kernel", DicomTag.ConvolutionKernel),
        StackAttribute.Of("echo", DicomTag.EchoNumbers),
    ];

    /// <summary>Told of stacks that numbers set apart, which jitter within one.</summary>
    public static IReadOnlyList<StackAttribute> Numbers { get; } =
    [
        new("tilt", Tilt, value => $"tilted {value} degrees from axial"),
        new("pixel spacing", image => image.Numbers(DicomTag.PixelSpacing, 2) is [var row, _]
            ? Rounded(row, "0.##") : "", value => $"pixel spacing {value} mm"),
        new("echo time", image => image.Number(DicomTag.EchoTime) is { } echo ? Rounded(echo, "0") : "", value => $"echo time {value} ms"),
        new("slice thickness", image => image.Number(DicomTag.SliceThickness) is { } mm
            ? Rounded(mm, "0.##") : "", value => $"slice thickness {value} mm"),
    ];

    /// <summary>Tell images at one place apart; the first that can is used.</summary>
    public static IReadOnlyList<StackAttribute> AtOnePlace { get; } =
    [
        StackAttribute.Of("temporal position", DicomTag.TemporalPositionIdentifier),
        StackAttribute.Of("temporal position", DicomTag.TemporalPositionIndex),
        .. Always,
        new("whole image type", image => image.Text(DicomTag.ImageType), value => $"image type {value}"),
        new("contrast agent", image => image.Text(DicomTag.ContrastBolusAgent).Length > 0 ? "yes" : "", value => value == "yes"
            ? "contrast agent" : "no contrast agent"),
        StackAttribute.Of("tube voltage", DicomTag.KVP, "kV"),
        StackAttribute.Of("filter", DicomTag.FilterType),
        StackAttribute.Of("echo time", DicomTag.EchoTime, "ms"),
        StackAttribute.Of("repetition time", DicomTag.RepetitionTime, "ms"),
        StackAttribute.Of("inversion time", DicomTag.InversionTime, "ms"),
        StackAttribute.Of("flip angle", DicomTag.FlipAngle, "degrees"),
        StackAttribute.Of("slice thickness", DicomTag.SliceThickness, "mm"),
        Untold("stack", DicomTag.StackID),
        StackAttribute.Of("acquisition", DicomTag.AcquisitionNumber),
        StackAttribute.Of("acquisition", DicomTag.FrameAcquisitionNumber),
        StackAttribute.Of("trigger time", DicomTag.TriggerTime, "ms"),
        Untold("time of acquisition", Times),
    ];

    /// <summary>Image Type values 2 and 3. Value 1 tells only whether a slice was worked on, as some of a stack are; those after the
    /// third describe the same picture further.</summary>
    private static string Kind(StackImage image) => string.Join('\\', image.Text(DicomTag.ImageType).Split('\\').Skip(1).Take(2));

    private static string Tilt(StackImage image) =>
        image.IsPlaced ? Rounded(Math.Acos(Math.Min(1, Math.Abs(image.Row.Cross(image.Column).Unit().Z))) * 180 / Math.PI, "0") : "";

    private static string Rounded(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static StackAttribute Untold(string name, params DicomTag[] tags) => StackAttribute.Untold(name, tags);
}
