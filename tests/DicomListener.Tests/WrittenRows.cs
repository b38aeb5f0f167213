using System.Globalization;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>All rows the listener writes, column by column, with names in the place of ids: what two databases must share to have been
/// told the same.</summary>
internal static class WrittenRows
{
    public static async Task<List<string>> ReadAsync(GatewayDbContext db)
    {
        var (studies, associations) = (await ReadAsync<Study>(db), await ReadAsync<Association>(db));
        var (series, instances, evidence) =
            (await ReadAsync<Series>(db), await ReadAsync<Instance>(db), await ReadAsync<AssociationStudy>(db));
        var patients = await ReadAsync<StudyPatient>(db);
        var names = studies.ToDictionary(study => study.Id, study => study.StudyInstanceUid);
        foreach (var row in associations)
            names[row.Id] = row.CallingAe;
        foreach (var row in patients)
            names[row.Id] = $"{names[row.StudyId]}/{row.Identity}";
        foreach (var row in series)
            names[row.Id] = $"{names[row.StudyId]}/{row.SeriesInstanceUid}";

        return
        [
            .. ((IEnumerable<object>[])[studies, patients, series, instances, associations, evidence])
                .SelectMany(rows => rows).Select(row => Describe(db, row, names)).Order(StringComparer.Ordinal),
        ];
    }

    private static Task<List<TRow>> ReadAsync<TRow>(GatewayDbContext db)
        where TRow : class => db.Set<TRow>().AsNoTracking().ToListAsync();

    private static string Describe(GatewayDbContext db, object row, Dictionary<Guid, string> names)
    {
        var columns = db.Model.FindEntityType(row.GetType())!.GetProperties().Where(column => column.Name != "Id")
            .Select(column => $"{column.Name}={Describe(column.GetGetter().GetClrValue(row), names)}");
        return $"{row.GetType().Name} {string.Join(' ', columns)}";
    }

    private static string? Describe(object? value, Dictionary<Guid, string> names) => value switch
    {
        Guid id => names[id],
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
