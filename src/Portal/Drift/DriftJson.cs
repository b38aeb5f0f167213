using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>The drift of one profile, as <c>/api/drift</c> answers it.</summary>
internal sealed record DriftJson(
    string Profile, string Level, IReadOnlyList<DriftJson.ReasonJson> Reasons, DriftJson.ReferenceJson Reference, string? JudgedWeek,
    IReadOnlyList<DriftJson.WeekJson> Weeks, IReadOnlyList<DriftJson.GroupJson> CallingAes, IReadOnlyList<DriftJson.GroupJson> Vendors)
{
    public static DriftJson Of(ProfileDrift drift) => new(
        drift.Modality, drift.Level.Word(),
        [.. drift.Reasons.Select(
            reason => new ReasonJson(
                reason.Level.Word(), reason.Text, reason.Measure, reason.CallingAe, Round(reason.Value), Round(reason.Limit)))],
        new(drift.Reference.Word(), drift.Manifest, drift.ReferenceRows), drift.Judged?.Name,
        [.. drift.Weeks.Select(week => new WeekJson(
            week.Name, week.From, week.Series, week.Held, week.HeldBy, week.Rejected, Indices(week.Stability)))],
        [.. drift.Callers.Select(Group)], [.. drift.Vendors.Select(Group)]);

    private static GroupJson Group(DriftGroup group) => new(group.Name, group.Series, group.Held, group.HeldBy, Indices(group.Stability));

    private static Dictionary<string, IndexJson> Indices(IReadOnlyDictionary<string, StabilityIndex> found) =>
        found.ToDictionary(
            index => index.Key, index => new IndexJson(Round(index.Value.Value), Round(index.Value.Chance), index.Value.Live));

    private static double Round(double value) => Math.Round(value, 4);

    internal sealed record ReasonJson(string Level, string Text, string? Measure, string? CallingAe, double Value, double Limit);

    internal sealed record ReferenceJson(string Kind, string? Manifest, int Samples);

    internal sealed record WeekJson(
        string Week, DateTimeOffset From, int Series, int Held, IReadOnlyDictionary<string, int> HeldBy, int Rejected,
        IReadOnlyDictionary<string, IndexJson> Stability);

    internal sealed record GroupJson(
        string Name, int Series, int Held, IReadOnlyDictionary<string, int> HeldBy, IReadOnlyDictionary<string, IndexJson> Stability);

    internal sealed record IndexJson(double Value, double Chance, int Series);
}
