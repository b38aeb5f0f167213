using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests.Crashes;

/// <summary>What a fleet stands on: its servers, an archive and an FHIR server; and what lies there at the end.</summary>
internal sealed class CrashStand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly TestDatabase _database;
    private readonly OrthancServer _archive;
    private readonly FhirTestServer _fhir;

    private CrashStand(TestDatabase database, OrthancServer archive, FhirTestServer fhir, Dictionary<string, string> settings) =>
        (_database, _archive, _fhir, Settings) = (database, archive, fhir, settings);

    /// <summary>Environment of a process of the fleet.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>Where its objects are.</summary>
    public string Data => _database.Data.Root;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<CrashStand> StartAsync(TestDatabase database, string servers, string folder)
    {
        var (archive, fhir) = (await OrthancServer.GetAsync(), await FhirTestServer.StartAsync());
        var settings = await Servers.SettingsAsync(servers);
        settings["Database__ConnectionString"] = database.Options.ConnectionString!;
        settings["Delivery__Destinations__0__Name"] = "archive";
        settings["Delivery__Destinations__0__Host"] = archive.Host;
        settings["Delivery__Destinations__0__Port"] = $"{archive.DicomPort}";
        settings["Delivery__Destinations__0__CalledAe"] = archive.AeTitle;
        settings["Fhir__Server__Url"] = fhir.Url.ToString();
        settings["Work__MostStarts"] = "1000";    // here no study is to blame for the deaths
        return new(database, archive, fhir, settings);
    }

    /// <summary>How many studies the whole way has been gone for: the FHIR server comes last.</summary>
    public async Task<int> DoneAsync()
    {
        await using var db = _database.Open();
        return await db.FhirPublications.CountAsync(row => row.State == DeliveryState.Delivered, Cancel);
    }

    /// <summary>Waits until nothing is left to do for so many studies, and counts.</summary>
    public async Task<CrashCount> QuietAsync(int studies)
    {
        await Eventually.TrueAsync(() => IsQuietAsync(studies), $"{studies} studies are done", Patience);
        await using var db = _database.Open();
        var received = await db.Instances.AsNoTracking().Where(i => i.Series.Origin == SeriesOrigin.Received).ToListAsync(Cancel);
        var series = await db.Series.AsNoTracking().Include(s => s.Instances).Include(s => s.Study).ToListAsync(Cancel);
        var (named, stored) = (await NamedAsync(db), StoredObjects());
        var count = new CrashCount(
            received.Count(i => stored.Contains(i.Sha256)), series.Count(s => s.Origin == SeriesOrigin.Derived),
            series.Count(s => s.State == SeriesState.Held), stored.Except(named).Count());
        count.Wrong.AddRange(await db.Failures.Select(f => $"A failure: {f.Code} {f.Text}").ToListAsync(Cancel));
        count.Wrong.AddRange(Directory.GetFiles(_database.Data.Spool).Select(file => $"A spool file is left: {file}"));
        count.Doubled.AddRange(received.Where(i => i.Conflict).Select(i => $"A conflict: {i.SopInstanceUid}"));
        count.Lost.AddRange(named.Except(stored).Select(name => $"An object: {name}"));
        JudgeSeries(series, count);
        await JudgeArchiveAsync(series, count);
        JudgeFhir(studies, count);
        return count;
    }

    public ValueTask DisposeAsync() => _fhir.DisposeAsync();

    private async Task<bool> IsQuietAsync(int studies)
    {
        await using var db = _database.Open();
        return await db.Studies.CountAsync(s => s.State == StudyState.Received, Cancel) == studies
            && !await db.Series.AnyAsync(
                s => s.State == SeriesState.Receiving || s.State == SeriesState.Queued || s.State == SeriesState.Translating
                    || (s.Origin == SeriesOrigin.Derived && s.State == SeriesState.Translated), Cancel)
            && !await db.Outbox.AnyAsync(row => row.SentAt == null, Cancel)
            && !await db.Deliveries.AnyAsync(row => row.State == DeliveryState.Pending, Cancel)
            && !await db.FhirPublications.AnyAsync(row => row.State == DeliveryState.Pending, Cancel)
            && await db.FhirPublications.CountAsync(Cancel) == studies;
    }

    private static void JudgeSeries(List<Series> series, CrashCount count)
    {
        foreach (var source in series.Where(s => s.Origin == SeriesOrigin.Received && s.State != SeriesState.Held))
        {
            var made = series.Count(s => s.DerivedFromSeriesId == source.Id);
            var what = $"{made} synthetic series of one that is {source.State} at revision {source.Revision}";
            if (made == 0 || source.State is not (SeriesState.Translated or SeriesState.Delivered))
                count.Lost.Add(what);
            else if (made > 1)
                count.Doubled.Add(what);
        }
    }

    private async Task JudgeArchiveAsync(List<Series> series, CrashCount count)
    {
        foreach (var study in series.Where(s => s.Origin == SeriesOrigin.Derived).GroupBy(s => s.Study.StudyInstanceUid))
        {
            var (held, made) = (await _archive.FindAsync("Instance", "StudyInstanceUID", study.Key), study.Sum(s => s.Instances.Count));
            if (held.Count != made)
                (held.Count < made ? count.Lost : count.Doubled).Add($"The archive holds {held.Count} images of {made} that were made");
        }
    }

    private void JudgeFhir(int studies, CrashCount count)
    {
        var held = _fhir.All("ImagingStudy").ConvertAll(study => study["identifier"]!.ToJsonString());
        var different = held.Distinct(StringComparer.Ordinal).Count();
        if (different < studies)
            count.Lost.Add($"The FHIR server holds {different} studies of {studies}");
        if (held.Count > different)
            count.Doubled.Add($"The FHIR server holds {different} studies {held.Count} times");
    }

    private HashSet<string> StoredObjects() => [.. Directory.EnumerateFiles(_database.Data.Objects, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(file))];

    private static async Task<HashSet<string>> NamedAsync(GatewayDbContext db)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in NamedObjects.Columns)
            named.UnionWith(await column(db).ToListAsync(Cancel));
        return named;
    }
}
