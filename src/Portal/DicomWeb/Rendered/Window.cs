using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>Which values are seen, and how (PS3.3 section C.11.2.1.2).</summary>
/// <param name="Center">In the units of the rescaled values.</param>
/// <param name="Width">Greater than 0; at least 1 for <see cref="Linear"/>.</param>
/// <param name="Function">One of the three names.</param>
internal sealed record Window(double Center, double Width, string Function)
{
    public const string Linear = "linear";
    public const string LinearExact = "linear-exact";
    public const string Sigmoid = "sigmoid";

    /// <summary>As <c>window=center,width,function</c> asks for it (PS3.18 section 8.3.5.1.4).</summary>
    /// <returns>Null where it is none.</returns>
    public static Window? Parse(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 3 && Number(parts[0]) is { } center && Number(parts[1]) is { } width
            ? Of(center, width, parts[2].ToLowerInvariant())
            : null;
    }

    /// <summary>The first that an image has; null where it has none.</summary>
    public static Window? Of(DicomDataset image)
    {
        if (!image.TryGetValue<double>(DicomTag.WindowCenter, 0, out var center)
            || !image.TryGetValue<double>(DicomTag.WindowWidth, 0, out var width))
            return null;
        var function = image.GetSingleValueOrDefault(DicomTag.VOILUTFunction, "LINEAR");
        return Of(center, width, function.Replace('_', '-').ToLowerInvariant());
    }

    /// <summary>Black at 0, white at 255.</summary>
    public double Grey(double value)
    {
        var shade = Function switch
        {
            Sigmoid => 1 / (1 + Math.Exp(-4 * (value - Center) / Width)),
            LinearExact => ((value - Center) / Width) + 0.5,
            _ when Width == 1 => value <= Center - 0.5 ? 0 : 1,
            _ => ((value - (Center - 0.5)) / (Width - 1)) + 0.5,
        };
        return 255 * Math.Clamp(shade, 0, 1);
    }

    private static Window? Of(double center, double width, string function) =>
        double.IsFinite(center) && double.IsFinite(width) && width > 0
        && (function is LinearExact or Sigmoid || (function == Linear && width >= 1))
            ? new(center, width, function)
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
