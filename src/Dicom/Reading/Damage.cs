using System.Globalization;

namespace Gateway.Dicom;

/// <summary>The messages for refused data sets. They name the place, the element and the problem, never a value.</summary>
internal static class Damage
{
    public static DicomFileException Bad(long at, string what) => new(null, $"Byte {at} of the data set: {what}.");

    public static DicomFileException Truncated(long at, string what = "the file ends inside an element") => Bad(at, "truncated, " + what);

    public static string Name(uint tag) => string.Create(CultureInfo.InvariantCulture, $"({tag >> 16:x4},{tag & 0xFFFF:x4})");
}
