using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Contracts.Trials;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The card of a model in Markdown, made of its row, its manifest, its acts and the report of its gates: nothing in it is written
/// by hand, so it is never out of date.</summary>
public static class ModelCard
{
    private const long LongestReport = 4 << 20;
    private const string ActsHeading = "## What was done to it";

    /// <summary>Reads what a card needs.</summary>
    /// <returns>Null where there is no such model.</returns>
    public static async Task<string?> ReadAsync(GatewayDbContext db, IObjectStore objects, string digest, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(objects);
        if (await db.Models.AsNoTracking().Include(m => m.Acts.OrderBy(a => a.At).ThenBy(a => a.Id))
            .SingleOrDefaultAsync(m => m.Digest == digest, cancel) is not { } model)
            return null;
        var learned = await db.ManifestSamples.AsNoTracking().Where(sample => sample.ManifestDigest == model.ManifestDigest)
            .ToListAsync(cancel);
        return Write(model, learned, await ReportAsync(objects, model.ReportSha256, cancel));
    }

    /// <param name="model">With its acts, oldest first.</param>
    /// <param name="learned">The samples of its manifest; empty for one that came from outside.</param>
    /// <param name="report">Of its gates; null where there is none.</param>
    public static string Write(Model model, IReadOnlyList<ManifestSample> learned, TrialReport? report)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(learned);
        var card = new StringBuilder();
        card.Append(CultureInfo.InvariantCulture, $"# Model card: {Cell(model.Name)} {Cell(model.Version)}, {Cell(model.Direction)}\n\n");
        card.Append(
            "**Research software. Not a medical device.** The pictures this model makes look like medical images and are none. Everything derived from them says\n");
        card.Append("SYNTHETIC. No lesion in such a picture, present or absent, means anything. Nobody's care may depend on it.\n\n");
        Facts(card, model);
        Learned(card, model, learned);
        if (model.Reasons.Count > 0)
            card.Append("## Why it was rejected\n\n")
                .AppendJoin("", model.Reasons.Select(reason => $"- `{reason.Code}`: {Cell(reason.Text)}\n")).Append('\n');
        Judged(card, report, report?.Directions.FirstOrDefault(direction => direction.Candidate.Digest == model.Digest));
        card.Append(ActsHeading).Append("\n\n| when | what | by | why |\n|---|---|---|---|\n");
        foreach (var act in model.Acts)
            card.Append(
                CultureInfo.InvariantCulture,
                $"| {act.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC | {Words(act.Kind)} | {Cell(act.By)} | {Cell(act.Why)} |\n");
        return card.ToString();
    }

    /// <summary>A card for readers elsewhere: without who did what to the model here, which names people.</summary>
    public static string WithoutActs(string card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.LastIndexOf(ActsHeading, StringComparison.Ordinal) is >= 0 and var at ? card[..at].TrimEnd() + "\n" : card;
    }

    private static void Facts(StringBuilder card, Model model)
    {
        card.Append("| | |\n|---|---|\n");
        Row("digest", $"`{model.Digest}`");
        Row("state", Words(model.State));
        Row("made", string.Create(CultureInfo.InvariantCulture, $"{model.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        Row("trained from", model.ParentDigest is { } parent ? $"`{parent}`" : "nothing that is known here");
        Row("training job", model.JobId is { } job ? $"`{job}`" : "none: it came from outside");
        Row("manifest", model.ManifestDigest is { } manifest ? $"`{manifest}`" : "none");
        card.Append('\n');
        if (model.Recipe is { } recipe)
            card.Append("Options it was trained with:\n\n    ").Append(recipe.ReplaceLineEndings(" ")).Append("\n\n");

        void Row(string name, string value) => card.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
    }

    private static void Learned(StringBuilder card, Model model, IReadOnlyList<ManifestSample> learned)
    {
        card.Append("## What it learned from\n\n");
        if (learned.Count == 0)
        {
            card.Append(
                model.ManifestDigest is null
                    ? "It came from outside; its own documentation tells.\n\n" : "Its manifest lists no sample.\n\n");
            return;
        }
        card.Append(
            "Samples of the archive, beside digital head phantoms. People are counted, not named. Test subjects judged it and taught it nothing.\n\n");
        card.Append("| modality | split | people | samples | vendors |\n|---|---|---|---|---|\n");
        foreach (var part in learned.GroupBy(sample => (sample.Modality, sample.Split)).OrderBy(part => part.Key))
            card.Append(
                CultureInfo.InvariantCulture,
                $"| {part.Key.Modality} | {Words(part.Key.Split)} | {part.Select(s => s.Subject).Distinct().Count()} | {part.Count()} | ")
                .AppendJoin(", ", part.GroupBy(s => s.Vendor).OrderBy(v => v.Key).Select(v => $"{v.Key} {v.Count()}")).Append(" |\n");
        card.Append('\n');
    }

    private static void Judged(StringBuilder card, TrialReport? report, TrialDirection? direction)
    {
        card.Append("## How it was judged\n\n");
        if (report is null || direction is null)
        {
            card.Append("It went through no gates here.\n\n");
            return;
        }
        card.Append(
            CultureInfo.InvariantCulture,
            $"{(direction.Passed ? "Passed" : "**Rejected**")} on {report.At.UtcDateTime:yyyy-MM-dd}, beside ");
        card.Append(
            direction.Champion is { } champion ? $"the champion {Cell(champion.Name)} {Cell(champion.Version)} (`{champion.Digest}`)"
                : "no champion");
        card.Append(CultureInfo.InvariantCulture, $". Test slices `{report.TestSetDigest}`: ");
        card.AppendJoin(
            ", ", report.Slices.Select(slices => $"{slices.Set}, {slices.Modality}: {slices.Subjects} subjects, {slices.Slices} slices"))
                .Append(".\n\n");
        foreach (var note in report.Notes)
            card.Append("- ").Append(Cell(note)).Append('\n');
        card.Append("\n| gate | slices | this model (95 %) | champion | limit | passed |\n|---|---|---|---|---|---|\n");
        foreach (var gate in direction.Gates)
            card.Append(
                CultureInfo.InvariantCulture,
                $"| {gate.Name} | {gate.Set} | {Figure(gate)} | {Number(gate.Champion)} | {gate.Limit} | {Verdict(gate.Passed)} |\n");
        card.Append('\n');
        foreach (var gate in direction.Gates.Where(gate => gate.Text.Length > 0))
            card.Append(CultureInfo.InvariantCulture, $"- {gate.Name}, {gate.Set}: {Cell(gate.Text)}\n");
        foreach (var kind in TrialGateKind.All.Where(kind => direction.Gates.Any(gate => gate.Name == kind.Name)))
            card.Append(CultureInfo.InvariantCulture, $"- *{kind.Name}*: {kind.Meaning}\n");
        card.Append('\n');
    }

    private static string Figure(TrialGate gate) =>
        gate.Low is null ? Number(gate.Candidate) : $"{Number(gate.Candidate)} ({Number(gate.Low)} to {Number(gate.High)})";

    private static string Number(double? value) => value is { } number ? number.ToString("G4", CultureInfo.InvariantCulture) : "-";

    private static string Verdict(bool? passed) => passed switch { true => "yes", false => "**no**", null => "not judged" };

    /// <summary><c>RolledBack</c> is <c>rolled back</c>.</summary>
    private static string Words<T>(T value)
        where T : struct, Enum =>
        string.Concat(
            value.ToString().Select(
                (letter, i) => char.IsUpper(letter) ? (i > 0 ? " " : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    // What files and people wrote stays text on one line of one cell.
    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static async Task<TrialReport?> ReportAsync(IObjectStore objects, string? sha256, CancellationToken cancel)
    {
        if (sha256 is null || await objects.SizeAsync(sha256, cancel) is null or > LongestReport)
            return null;
        try
        {
            await using var stream = objects.OpenRead(sha256);
            var json = new byte[stream.Length];
            await stream.ReadExactlyAsync(json, cancel);
            return TrialReport.Parse(json);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}
