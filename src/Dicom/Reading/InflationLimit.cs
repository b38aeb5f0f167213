using System.Globalization;

namespace Gateway.Dicom;

/// <summary>Limits the size of an inflated data set (PS3.5 annex A.5): a few kilobytes can unfold to gigabytes.</summary>
internal static class InflationLimit
{
    /// <summary>Number of bytes, set in AppContext or runtimeconfig.json.</summary>
    public const string Setting = "Gateway.Dicom.InflationLimit";

    private const long Usual = 512L << 20;
    private const long Floor = 64 << 20;
    private const int Ratio = 64;

    /// <summary>What was configured (512 MiB if nothing was), and never more than 64 times the compressed bytes or 64 MiB.</summary>
    public static long Of(long compressed) => Math.Min(Configured(), Math.Max(Floor, compressed * Ratio));

    private static long Configured() =>
        long.TryParse(
            Convert.ToString(AppContext.GetData(Setting), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var limit)
                ? limit : Usual;
}
