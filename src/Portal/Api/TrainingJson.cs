using System.Text.Json;

using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

internal record JobRowJson(
    Guid Id, string Pair, string State, string? Wanted, string Trigger, string By, string Recipe, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, string Phase, int Step, int StepsTotal, IReadOnlyList<Reason> Reasons)
{
    public static JobRowJson Of(TrainingJob j) => new(
        j.Id, j.Pair, j.State.Word(), j.Wanted?.Word(), Kebab.Of($"{j.Trigger}"), j.By, j.RecipeName, j.CreatedAt, j.StartedAt, j.EndedAt,
        j.Phase, j.Step,
        j.StepsTotal, j.Reasons);
}

internal sealed record JobJson(JobDetail Detail) : JobRowJson(Of(Detail.Job))
{
    private JobDetail Detail { get; } = Detail;

    public JsonElement? Options => RawJson.Parse(Detail.Job.Recipe);
    public string? Manifest => Detail.Job.ManifestDigest;
    public string? Holder => Detail.Job.Holder;
    public DateTimeOffset? LeasedUntil => Detail.Job.LeasedUntil;

    /// <summary>How many trainers have taken it up so far.</summary>
    public long Claims => Detail.Job.Fence;

    public int? CheckpointStep => Detail.Job.CheckpointSha256 is null ? null : Detail.Job.CheckpointStep;
    public double? SecondsPerStep => Detail.SecondsPerStep;
    public double? SecondsLeft => Detail.Left?.TotalSeconds;
    public IReadOnlyList<SheetJson> Sheets => [.. Detail.Sheets.Select(s => new SheetJson(s.Step, s.At, Links.SheetPicture(s.Sha256)))];
    public IReadOnlyList<ModelRowJson> Models => [.. Detail.Models.Select(ModelRowJson.Of)];
}

internal sealed record SheetJson(int Step, DateTimeOffset At, string Href);

internal sealed record PointJson(int Step, DateTimeOffset At, double SecondsPerStep, IReadOnlyDictionary<string, double> Losses)
{
    public static PointJson Of(TrainingPoint p) =>
        new(p.Step, p.At, p.SecondsPerStep, p.Losses.Where(loss => double.IsFinite(loss.Value)).ToDictionary());
}
