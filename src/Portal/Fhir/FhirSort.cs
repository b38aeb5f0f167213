using System.Globalization;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Order of the matches, and where a page goes on. Equal ones lie in the order of their ids.</summary>
/// <param name="Key"><c>_id</c>, <c>_lastUpdated</c> or <c>started</c>.</param>
internal sealed record FhirSort(string Key, bool Descending)
{
    public static readonly FhirSort ById = new("_id", Descending: false);

    /// <summary>One key, a minus before it turns it round; null for what is not served.</summary>
    public static FhirSort? Parse(string type, string text)
    {
        var (key, descending) = text.StartsWith('-') ? (text[1..], true) : (text, false);
        return key is "_id" or "_lastUpdated" || (key == "started" && type == "ImagingStudy") ? new(key, descending) : null;
    }

    /// <summary>In order, and from after the last of the page before.</summary>
    /// <param name="after">Made by <see cref="Cursor"/>; null for the first page.</param>
    public IQueryable<FhirResource> Apply(GatewayDbContext db, IQueryable<FhirResource> rows, string? after) => Key switch
    {
        "_id" => ApplyId(rows, after),
        "_lastUpdated" => ApplyUpdated(rows, after),
        _ => ApplyStarted(db, rows, after),
    };

    /// <summary>Where the next page goes on.</summary>
    public string Cursor(FhirResource last) => Key == "_lastUpdated"
        ? last.UpdatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture) + "~" + last.ResourceId : last.ResourceId;

    private IQueryable<FhirResource> ApplyId(IQueryable<FhirResource> rows, string? after)
    {
        if (after is not null)
            rows = Descending
                ? rows.Where(r => string.Compare(r.ResourceId, after) < 0) : rows.Where(r => string.Compare(r.ResourceId, after) > 0);
        return Descending ? rows.OrderByDescending(r => r.ResourceId) : rows.OrderBy(r => r.ResourceId);
    }

    private IQueryable<FhirResource> ApplyUpdated(IQueryable<FhirResource> rows, string? after)
    {
        if (after?.Split('~') is [var text, var id] && long.TryParse(text, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            rows = Descending
                ? rows.Where(r => r.UpdatedAt < at || (r.UpdatedAt == at && string.Compare(r.ResourceId, id) > 0))
                : rows.Where(r => r.UpdatedAt > at || (r.UpdatedAt == at && string.Compare(r.ResourceId, id) > 0));
        }
        return (Descending ? rows.OrderByDescending(r => r.UpdatedAt) : rows.OrderBy(r => r.UpdatedAt)).ThenBy(r => r.ResourceId);
    }

    /// <summary>By Study Date and Time as they were sent, digits that sort as they are; a study without comes first.</summary>
    private IQueryable<FhirResource> ApplyStarted(GatewayDbContext db, IQueryable<FhirResource> rows, string? after)
    {
        var started = rows.Join(
            db.Studies, r => r.StudyId, s => s.Id, (r, s) => new { Row = r, At = (s.StudyDate ?? "") + (s.StudyTime ?? "") });
        if (after is not null)
        {
            var from = db.FhirResources.Where(r => r.Type == "ImagingStudy" && r.ResourceId == after)
                .Join(db.Studies, r => r.StudyId, s => s.Id, (_, s) => (s.StudyDate ?? "") + (s.StudyTime ?? ""));
            started = Descending
                ? started.Where(x => from.Any(
                    f => string.Compare(x.At, f) < 0 || (x.At == f && string.Compare(x.Row.ResourceId, after) > 0)))
                : started.Where(x => from.Any(
                    f => string.Compare(x.At, f) > 0 || (x.At == f && string.Compare(x.Row.ResourceId, after) > 0)));
        }
        return (Descending ? started.OrderByDescending(x => x.At) : started.OrderBy(x => x.At)).ThenBy(x => x.Row.ResourceId)
            .Select(x => x.Row);
    }
}
