using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Portal;

/// <summary>What the database can leave out by the columns it has; what is left, the resource itself decides on.</summary>
internal static class FhirNarrowing
{
    public static IQueryable<FhirResource> Of(GatewayDbContext db, FhirQuery query)
    {
        var rows = db.FhirResources.Where(r => r.Type == query.Type);
        foreach (var (parameter, tests) in query.Criteria)
            rows = parameter.Name switch
            {
                "_id" => ByIds(rows, Values(tests)),
                "identifier" => ByIdentifier(db, rows, [.. tests.OfType<FhirTokenTest>().Select(t => t.Token)]),
                "target" => ByTarget(db, rows, [.. tests.OfType<FhirReferenceTest>().Select(t => t.Id)]),
                "started" => tests.Aggregate(rows, (left, test) => tests.Count == 1 ? ByStart(db, left, (FhirDateTest)test) : left),
                _ when parameter.Path == "subject.identifier" => ByPatient(db, rows, Values(tests)),
                _ => rows,
            };
        return rows;
    }

    private static string[] Values(IReadOnlyList<FhirTest> tests) => [.. tests.OfType<FhirTokenTest>().Select(t => t.Token.Value)];

    private static IQueryable<FhirResource> ByIds(IQueryable<FhirResource> rows, string[] ids) =>
        rows.Where(r => ids.Contains(r.ResourceId));

    private static IQueryable<FhirResource> ByIdentifier(GatewayDbContext db, IQueryable<FhirResource> rows, FhirToken[] tokens)
    {
        var keys = tokens.SelectMany(t => t.DicomUidKeys()).ToArray();
        var accessions = tokens.Select(t => t.Value).ToArray();
        return rows.Where(
            r => keys.Contains(r.Identifier) || db.Studies.Any(s => s.Id == r.StudyId && accessions.Contains(s.AccessionNumber)));
    }

    private static IQueryable<FhirResource> ByPatient(GatewayDbContext db, IQueryable<FhirResource> rows, string[] patients) =>
        rows.Where(r => db.Studies.Any(s => s.Id == r.StudyId && patients.Contains(s.PatientId)));

    private static IQueryable<FhirResource> ByTarget(GatewayDbContext db, IQueryable<FhirResource> rows, string[] ids) => rows.Where(
        r => db.FhirResources.Any(t => t.Type == "ImagingStudy" && t.StudyId == r.StudyId && ids.Contains(t.ResourceId)));

    /// <summary>Two days more on each side, since offsets differ; dates that are written oddly stay.</summary>
    private static IQueryable<FhirResource> ByStart(GatewayDbContext db, IQueryable<FhirResource> rows, FhirDateTest test)
    {
        var low = test.Prefix is "eq" or "gt" or "ge" or "sa" ? Day(test.Date.Low, -2) : "";
        var high = test.Prefix is "eq" or "lt" or "le" or "eb" ? Day(test.Date.High, 2) : "99999999";
        return rows.Where(r => db.Studies.Any(s => s.Id == r.StudyId && (s.StudyDate == null || EF.Functions.Like(s.StudyDate, "%.%")
            || (string.Compare(s.StudyDate, low) >= 0 && string.Compare(s.StudyDate, high) <= 0))));
    }

    private static string Day(DateTime moment, int days) => moment.Year is > 1 and < 9998
        ? moment.AddDays(days).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) : days < 0 ? "" : "99999999";
}
