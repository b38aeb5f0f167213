using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>Patients pushed by a scanner become samples of the archive, once, and nothing of theirs gets out beside them.
/// <c>eng/archive-check</c> runs it with more patients and with the real folders, and shows the figures.</summary>
public sealed class ArchiveLoopTests
{
    private const int UsualPatients = 8;

    private static readonly string? Asked = Environment.GetEnvironmentVariable("GATEWAY_ARCHIVE_PATIENTS");
    private static readonly string? Table = Environment.GetEnvironmentVariable("GATEWAY_ARCHIVE_TABLE");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Patients => Asked is null ? UsualPatients : int.Parse(Asked, CultureInfo.InvariantCulture);

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task Every_prepared_series_is_a_sample_once_says_nothing_of_its_patient_and_goes_with_him(string servers)
    {
        var clock = Stopwatch.StartNew();
        await using var stand = await ArchiveStand.StartAsync(servers);
        var folders = Enumerable.Range(1, Patients)
            .SelectMany(seed => SentinelPatients.Write(stand.Combine("patients"), (ulong)seed)).ToList();
        await stand.PushAsync(folders);
        var samples = await stand.SamplesAsync();
        Note(servers, "patients pushed, series of them, samples", $"{Patients}, {folders.Count}, {samples.Count}", clock);

        Assert.Equal(await stand.PreparedAsync(), samples.Select(s => s.Id));
        Assert.InRange(samples.Count, folders.Count * 3 / 4, folders.Count);
        Assert.Equal(samples.Select(s => s.Sha256).Distinct().Order(StringComparer.Ordinal), stand.SampleObjects());

        await stand.PushAsync(folders);
        Assert.Equal(Text(samples), Text(await stand.SamplesAsync()));
        Note(servers, "added by pushing all again", "0", clock);
        await stand.PushAsync(Derived(stand));
        Assert.Equal(Text(samples), Text(await stand.SamplesAsync()));
        Note(servers, "derived series pushed back, added by them", $"{Derived(stand).Count}, 0", clock);
        samples = await WithRealAsync(stand, servers, samples, clock);

        var manifest = (await stand.RunAsync("archive", "manifest")).GetProperty("digest").GetString()!;
        await NothingSaysWhoAsync(stand, samples, manifest, servers, clock);
        await GoesAsync(stand, samples, manifest, servers, clock);
    }

    private static async Task<List<ArchiveSample>> WithRealAsync(
        ArchiveStand stand, string servers, List<ArchiveSample> samples, Stopwatch clock)
    {
        if (Asked is null)
            return samples;
        var folders = ((string[])["dicom", "ct/dcm_qa_ct_GE_HiSpeed"]).Select(RealData.Find).OfType<string>().ToList();
        if (folders.Count == 0)
            return samples;
        // Unlike storescu, it passes over what is no DICOM and proposes each file's own transfer syntax.
        foreach (var folder in folders)
            (await Tool.RunAsync(
                "dcmsend",
                ["-aet", "SCANNER", "-aec", "GATEWAY", "+sd", "+r", "-nuc", "-nh", "127.0.0.1", $"{stand.Listener.DicomPort}", folder],
                TimeSpan.FromMinutes(5))).Succeeded();
        await stand.IdleAsync();
        var all = await stand.SamplesAsync();
        Assert.Equal(await stand.PreparedAsync(), all.Select(s => s.Id));
        Note(servers, "real folders pushed, samples of them", $"{folders.Count}, {all.Count - samples.Count}", clock);
        string[] import = ["archive", "import", .. folders, "--t2", RealData.Path("t2"), "--calling-ae", "FILES"];
        foreach (var what in (string[])["imported with the NIfTI files beside them: heads, added, known", "the same again"])
        {
            var imported = await stand.RunAsync(import);
            var verdicts = imported.GetProperty("verdicts");
            Note(
                servers, what, $"{imported.GetProperty("heads")}, {verdicts.GetProperty("added")}, {verdicts.GetProperty("known")}", clock);
        }
        all = await stand.SamplesAsync();
        return all;
    }

    private static async Task NothingSaysWhoAsync(
        ArchiveStand stand, List<ArchiveSample> samples, string manifest, string servers, Stopwatch clock)
    {
        await using var db = stand.Open();
        var said = await stand.SaidAsync();
        said["sample rows"] = Text(samples);
        said["samples"] = string.Concat(samples.Select(sample => Object(stand, sample.Sha256)));
        said["manifest"] = Object(stand, manifest) + JsonSerializer.Serialize(await db.ManifestSamples.AsNoTracking().ToListAsync(Cancel));
        // What was not captured tells nothing.
        Assert.Contains("SeriesTranslated", said["messages"], StringComparison.Ordinal);
        Assert.Contains("translated by", said["logs"], StringComparison.Ordinal);
        Assert.Contains("gateway_", said["metrics"], StringComparison.Ordinal);
        Assert.Contains("MassTransit", said["traces"], StringComparison.Ordinal);
        Assert.All(
            said, one => Assert.False(
                one.Value.Contains(SentinelPatients.Word, StringComparison.OrdinalIgnoreCase), $"The {one.Key} say it."));
        var uids = await db.Studies.Select(s => s.StudyInstanceUid).Concat(db.Series.Select(s => s.SeriesInstanceUid)).ToListAsync(Cancel);
        foreach (var place in (string[])["messages", "sample rows", "samples", "manifest"])
            Assert.DoesNotContain(uids, uid => said[place].Contains(uid, StringComparison.Ordinal));
        Note(
            servers, "bytes searched for what patients are called",
            string.Join(", ", said.Select(one => $"{one.Key} {one.Value.Length}")), clock);
    }

    private static async Task GoesAsync(ArchiveStand stand, List<ArchiveSample> samples, string manifest, string servers, Stopwatch clock)
    {
        var patient = samples.GroupBy(s => s.Subject)
            .First(subject => subject.Any(s => s.Split == ArchiveSplit.Train) && subject.All(s => s.CallingAe == "SCANNER")).Key;
        var (his, model) = (samples.Where(s => s.Subject == patient).ToList(), new string('a', 64));
        await using var db = stand.Open();
        db.Models.Add(
            new()
            {
                Digest = model,
                Direction = "t2-ct",
                Name = "learned",
                Version = "1",
                State = ModelState.Candidate,
                ManifestDigest = manifest,
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
        await db.SaveChangesAsync(Cancel);

        var erased = await stand.RunAsync("archive", "erase", "--patient-id", await NameAsync(stand, his[0].Id));

        Assert.Equal(his.Count, erased.GetProperty("samples").GetInt32());
        Assert.Equal(
            (model, "learned"),
            (erased.GetProperty("models")[0].GetProperty("digest").GetString(), erased.GetProperty(
                "models")[0].GetProperty("use").GetString()));
        Assert.Equal(Text(samples.Except(his)), Text(await stand.SamplesAsync()));
        Assert.DoesNotContain(stand.SampleObjects(), his.Select(s => s.Sha256).Contains);
        Note(
            servers, "samples of the erased patient, left, models named",
            $"{his.Count}, 0, {erased.GetProperty("models").GetArrayLength()}", clock);
    }

    private static async Task<string> NameAsync(ArchiveStand stand, Guid series)
    {
        await using var db = stand.Open();
        return await db.Series.Where(s => s.Id == series).Select(s => s.Study.PatientId!).SingleAsync(Cancel);
    }

    private static List<string> Derived(ArchiveStand stand) =>
        [.. Directory.EnumerateDirectories(stand.Data.Out).SelectMany(Directory.EnumerateDirectories)];

    private static string Text(IEnumerable<ArchiveSample> samples) => JsonSerializer.Serialize(samples);

    private static string Object(ArchiveStand stand, string sha256) =>
        Encoding.Latin1.GetString(File.ReadAllBytes(ObjectFile.Of(stand.Data, sha256)));

    private static void Note(string servers, string what, string figures, Stopwatch clock)
    {
        if (Table is not null)
            File.AppendAllText(Table, $"{servers}\t{what}\t{figures}\t{clock.Elapsed.TotalSeconds:0} s\n");
    }
}
