using Gateway.Imaging.Modalities;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary>Sends patients until the archive holds enough of both modalities.</summary>
internal sealed class LoopArchive(
    IDbContextFactory<GatewayDbContext> databases, LoopPatients patients, DemoSender sender, DemoWatch watch, IProgress<string> progress)
{
    /// <summary>Some heads are rightly held by the gates: so many times the patients that are needed are sent at most.</summary>
    private const int Patience = 3;

    private static readonly TimeSpan LimitOfOne = TimeSpan.FromSeconds(30);

    /// <returns>Series sent, and samples by modality.</returns>
    /// <exception cref="VerbException">The gates held too many.</exception>
    public async Task<(int Sent, IReadOnlyDictionary<string, int> Samples)> FillAsync(int wanted, CancellationToken cancel)
    {
        var (sent, samples) = (0, await SamplesAsync(cancel));
        while (Missing(samples, wanted) is > 0 and var missing)
        {
            if (sent > 2 * wanted * Patience)
                throw new VerbException($"The archive holds {Said(samples)} after {sent} studies: the gates held the others.");
            await SendAsync(2 * missing, cancel);
            (sent, samples) = (sent + (2 * missing), await SamplesAsync(cancel));
            progress.Report($"archive: {Said(samples)}, de-identified, of {sent} studies sent");
        }
        return (sent, samples);
    }

    /// <summary>Sends the studies of some new patients and waits until nothing more happens to them.</summary>
    public async Task<IReadOnlyList<DemoStudy>> SendAsync(int count, CancellationToken cancel)
    {
        progress.Report($"drawing {count} phantom patients");
        var studies = await Task.Run(() => patients.Draw(count, cancel), cancel);
        var sent = await sender.SendAsync(studies, cancel);
        return await watch.WaitAsync(sent, count * LimitOfOne, progress, cancel);
    }

    private async Task<Dictionary<string, int>> SamplesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ArchiveSamples.GroupBy(s => s.Modality).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }

    private static int Missing(Dictionary<string, int> samples, int wanted) =>
        ShippedModalities.Table.Profiles.Max(profile => wanted - samples.GetValueOrDefault(profile.Modality.Code));

    private static string Said(Dictionary<string, int> samples) => samples.Count == 0
        ? "no samples"
        : string.Join(" and ", samples.OrderBy(s => s.Key).Select(s => $"{s.Value} {s.Key} samples"));
}
