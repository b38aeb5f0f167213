using System.Globalization;

namespace Gateway.Portal.Pages;

/// <summary>Numbers and places of a drawing.</summary>
internal static class Scale
{
    /// <summary>Round limits around the values, and around what is to be spanned at least; never empty.</summary>
    public static (double Low, double High) Around(IEnumerable<double> values, (double Low, double High)? spans)
    {
        var all = values.ToList();
        var (low, high) = (Math.Min(all.Min(), spans?.Low ?? double.MaxValue), Math.Max(all.Max(), spans?.High ?? double.MinValue));
        if (high - low < 1e-12)
            (low, high) = (low - Math.Max(1e-3, Math.Abs(low) / 2), high + Math.Max(1e-3, Math.Abs(high) / 2));
        var unit = Math.Pow(10, Math.Floor(Math.Log10(high - low)) - 1) * 5;
        return (Math.Floor(low / unit + 1e-9) * unit, Math.Ceiling(high / unit - 1e-9) * unit);
    }

    /// <summary>Four digits that count.</summary>
    public static string Number(double value) => Math.Abs(value) is >= 1e6 or (> 0 and < 1e-3)
        ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
        : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(value), 1e-3))), 0, 4))
            .ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>As the attribute <c>points</c> of an SVG polyline.</summary>
    public static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));

    /// <summary>As an attribute of an SVG element.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
