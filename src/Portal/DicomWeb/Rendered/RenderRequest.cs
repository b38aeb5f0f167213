using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>How a picture is to look (PS3.18 section 8.3.5).</summary>
/// <param name="Frame">From 1 on; null where the address names none.</param>
/// <param name="IsThumbnail">Small, and from the middle.</param>
/// <param name="MediaType">Null where neither of the two is taken.</param>
/// <param name="Quality">Of JPEG, 1 to 100.</param>
/// <param name="Viewport">Pixels that it has to fit into; null: as many as the frame has.</param>
internal sealed record RenderRequest(
    int? Frame, bool IsThumbnail, string? MediaType, int Quality, (int Width, int Height)? Viewport, Window? Window)
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";

    private const int DefaultQuality = 90;
    private const int LargestSide = 4_096;
    private static readonly (int, int) Thumbnail = (128, 128);

    /// <param name="errors">What is wrong, by parameter.</param>
    public static RenderRequest Read(HttpContext context, bool isThumbnail, Dictionary<string, string[]> errors)
    {
        var query = context.Request.Query;
        T? Parameter<T>(string name, Func<string, T?> read, string expected) where T : class
        {
            if (query[name].ToString() is not { Length: > 0 } text)
                return null;
            if (read(text) is { } value)
                return value;
            errors[name] = [expected];
            return null;
        }
        var window = Parameter(
            "window", Window.Parse, "center,width,function: numbers, the second positive, and linear, linear-exact or sigmoid.");
        var viewport = Parameter("viewport", ReadSides, $"width,height: whole numbers from 1 to {LargestSide}.");
        var quality = Parameter("quality", text => Number(text, 100) is { } n ? (int[])[n] : null, "A whole number from 1 to 100.");
        int? frame = null;
        if (context.GetRouteValue("frame") is string asked && (frame = Number(asked, int.MaxValue)) is null)
            errors["frame"] = ["A number from 1 on."];
        return new(
            frame, isThumbnail, Media(context.Request), quality?[0] ?? DefaultQuality,
            viewport is [var width, var height] ? (width, height) : isThumbnail ? Thumbnail : null, window);
    }

    private static string? Media(HttpRequest request)
    {
        foreach (var range in Accepted.Of(request))
            if (range.Type is Png or Jpeg)
                return range.Type;
            else if (range.IsAny || range.Type == "image/*")
                return Jpeg;
        return null;
    }

    private static int[]? ReadSides(string text)
    {
        int?[] sides = [.. text.Split(',').Select(side => Number(side, LargestSide))];
        return sides is [{ } width, { } height] ? [width, height] : null;
    }

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;
}
