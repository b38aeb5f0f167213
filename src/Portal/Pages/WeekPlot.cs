using System.Globalization;

using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>A small drawing of one figure by week: coordinates for SVG, words beside it.</summary>
internal sealed record WeekPlot
{
    public const int Width = 240;
    public const int Height = 84;
    private const double Edge = 6;

    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>The newest value.</summary>
    public required string Last { get; init; }

    /// <summary>All of it in words.</summary>
    public required string Told { get; init; }

    /// <summary>Where 0 is.</summary>
    public string Ground { get; } = Place(Height - Edge);

    public required IReadOnlyList<(string Kind, string Y)> Limits { get; init; }

    /// <summary>Corners of the area below what chance alone makes; empty for a share.</summary>
    public required string Chance { get; init; }

    /// <summary>Points of the line; empty with fewer than two.</summary>
    public required string Line { get; init; }

    public required IReadOnlyList<(string Kind, string X, string Y, string Told)> Marks { get; init; }

    /// <summary>The held and the rejected share, then the index of each measure that has one.</summary>
    public static IEnumerable<WeekPlot> Of(ProfileDrift profile, DriftOptions options) =>
        MeasureName.OfDrift.Where(measure => profile.Weeks.Any(week => week.Stability.ContainsKey(measure)))
            .Select(measure => Index(profile, measure, options))
            .Prepend(Share("rejected", "Rejected share", profile, week => week.Rejected))
            .Prepend(Share("held", "Held share", profile, week => week.Held));

    /// <summary>Two digits after the point.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Per cent; nothing of nothing.</summary>
    public static string Share(int part, int whole) =>
        whole == 0 ? "" : (100.0 * part / whole).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static WeekPlot Share(string id, string title, ProfileDrift profile, Func<DriftWeek, int> part) => Draw(
        id, title, profile.Weeks, 1, [],
        week => week.Series == 0 ? null
            : ((double)part(week) / week.Series, "usual", $"{Share(part(week), week.Series)} of {week.Series}"));

    private static WeekPlot Index(ProfileDrift profile, string measure, DriftOptions options)
    {
        var top = Math.Max(
            2 * options.Suggest, profile.Weeks.Max(
                week => week.Stability.GetValueOrDefault(measure) is { } index ? Math.Max(index.Value, index.Chance) : 0));
        return Draw(
            measure.Replace('.', '-'), Measure.NameOf(measure), profile.Weeks, top,
            [("watch", options.Watch), ("suggest", options.Suggest)], week =>
            week.Stability.GetValueOrDefault(measure) is not { } index ? null
            : (index.Value, index.Exceeds(options.Suggest)
                ? "suggest" : index.Exceeds(options.Watch) ? "watch" : "usual", $"{Number(index.Value)} over {index.Live}"),
            week => week.Stability.GetValueOrDefault(measure)?.Chance);
    }

    private static WeekPlot Draw(
        string id, string title, IReadOnlyList<DriftWeek> weeks, double top, IReadOnlyList<(string Kind, double Value)> limits,
        Func<DriftWeek, (double Value, string Kind, string Told)?> read, Func<DriftWeek, double?>? chance = null)
    {
        string Y(double value) => Place(Height - Edge - value / top * (Height - 2 * Edge));
        string X(int week) => Place(Edge + week * (Width - 2 * Edge) / Math.Max(1, weeks.Count - 1));
        List<(int Week, double Value, string Kind, string Told)> found =
        [
            .. weeks.Select((week, at) => (at, read(week))).Where(one => one.Item2 is not null)
                .Select(one => (one.at, one.Item2!.Value.Value, one.Item2.Value.Kind, $"{weeks[one.at].Name}: {one.Item2.Value.Told}")),
        ];
        var below = weeks.Index().Select(week => (At: week.Index, Value: chance?.Invoke(week.Item)))
            .Where(week => week.Value is not null).ToList();
        return new()
        {
            Id = id,
            Chance = below.Count < 2
                ? ""
                : string.Join(
                    ' ', below.Select(week => $"{X(week.At)},{Y(week.Value!.Value)}").Append($"{X(below[^1].At)},{Y(0)}")
                        .Append($"{X(below[0].At)},{Y(0)}")),
            Title = title,
            Last = found.Count > 0 && found[^1].Week == weeks.Count - 1
                ? found[^1].Told[(found[^1].Told.IndexOf(':', StringComparison.Ordinal) + 2)..] : "–",
            Told = $"{title} by week. {string.Join("; ", found.Select(one => one.Told))}",
            Limits = [.. limits.Select(limit => (limit.Kind, Y(limit.Value)))],
            Line = found.Count < 2 ? "" : string.Join(' ', found.Select(one => $"{X(one.Week)},{Y(one.Value)}")),
            Marks = [.. found.Select(one => (one.Kind, X(one.Week), Y(one.Value), one.Told))],
        };
    }

    private static string Place(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
