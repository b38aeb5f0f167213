using Gateway.Workshop.Phantom;

namespace Gateway.Cli;

/// <summary>Phantom patients for the loop, each of one modality, so that the archive is unpaired as a hospital's is.</summary>
internal sealed class LoopPatients(string folder)
{
    // Of other heads than those of the plain demo, and than those that training draws for itself.
    private const ulong FirstSeed = 5_000;
    private ulong _next = FirstSeed;

    /// <summary>Draws the studies of the next patients: T2 and CT in turn.</summary>
    /// <returns>One folder a study.</returns>
    public IReadOnlyList<DirectoryInfo> Draw(int patients, CancellationToken cancel) => [.. Enumerable.Range(0, patients).Select(_ =>
    {
        cancel.ThrowIfCancellationRequested();
        var seed = _next++;
        var kind = seed % 2 == 0 ? PhantomKind.T2 : PhantomKind.HeadCt;
        var study = new DirectoryInfo(Path.Combine(folder, $"{seed}-{kind}"));
        PhantomSeries.Write(study.FullName, new PhantomSeriesOptions { Seed = seed, Kind = kind });
        return study;
    })];
}
