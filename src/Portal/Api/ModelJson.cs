using System.Text.Json;

using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

internal record ModelRowJson(
    string Digest, string Direction, string Name, string Version, string State, string? Parent, Guid? Job, string? Manifest,
    IReadOnlyList<Reason> Reasons,
    DateTimeOffset CreatedAt)
{
    public static ModelRowJson Of(Model m) =>
        new(m.Digest, m.Direction, m.Name, m.Version, m.State.Word(), m.ParentDigest, m.JobId, m.ManifestDigest, m.Reasons, m.CreatedAt);
}

internal sealed record ModelJson(ModelDetail Detail) : ModelRowJson(Of(Detail.Model))
{
    private ModelDetail Detail { get; } = Detail;

    public IReadOnlyList<string> Children => [.. Detail.Children.Select(child => child.Digest)];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ModelActJson> Acts =>
        [.. Detail.Model.Acts.Select(a => new ModelActJson(Kebab.Of($"{a.Kind}"), a.By, a.Why, a.At))];

    public JsonElement? Options => RawJson.Parse(Detail.Model.Recipe);
    public JsonElement? Report => RawJson.Parse(Detail.Report);
    public string? Sheet => Detail.Model.SheetSha256 is { } sheet ? Links.SheetPicture(sheet) : null;

    /// <summary>What it did beside the champion; null for one that never was a shadow.</summary>
    public ShadowJson? Shadow => Detail.Shadow.Total > 0
        ? new(Detail.Shadow.Total, Detail.Shadow.Last, Detail.Shadow.Figures, [.. Detail.Shadow.Sheets.Select(Links.SheetPicture)]) : null;

    /// <summary>How many series it made.</summary>
    public int Series => Detail.Series;
}

internal sealed record ModelActJson(string Kind, string By, string Why, DateTimeOffset At);

internal sealed record ShadowJson(int Series, DateTimeOffset? Last, IReadOnlyList<ShadowFigure> Figures, IReadOnlyList<string> Sheets);
