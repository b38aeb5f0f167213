using Gateway.DicomNetwork;
using Gateway.Workshop.Phantom;

namespace Gateway.Cli;

/// <summary>Plays the scanner: sends real C-STORE requests over TCP to our own listener.</summary>
internal sealed class DemoSender(DicomClient client, IProgress<string> progress)
{
    /// <summary>Seeds from 1 to this number pass the registration gate in both modalities. About one random head in sixteen is rightly
    /// held.</summary>
    private const ulong Heads = 12;

    /// <returns>Seconds each study took to send, by Study Instance UID.</returns>
    public async Task<IReadOnlyDictionary<string, double>> SendAsync(IEnumerable<DirectoryInfo> folders, CancellationToken cancel)
    {
        var sent = new Dictionary<string, double>();
        foreach (var folder in folders)
            await SendAsync(folder, sent, cancel);
        return sent;
    }

    /// <summary>Sends a T2 study and a CT study of two heads. The heads depend on the second in which it is called.</summary>
    public async Task<IReadOnlyDictionary<string, double>> SendPhantomsAsync(string folder, CancellationToken cancel)
    {
        var seed = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % Heads + 1;
        var t2 = new DirectoryInfo(Path.Combine(folder, $"{seed}-t2"));
        var ct = new DirectoryInfo(Path.Combine(folder, $"{seed}-ct"));
        progress.Report("drawing two digital head phantoms");
        await Task.Run(() => PhantomSeries.Write(t2.FullName, new PhantomSeriesOptions { Seed = seed, Kind = PhantomKind.T2 }), cancel);
        await Task.Run(
            () => PhantomSeries.Write(
                ct.FullName, new PhantomSeriesOptions { Seed = seed % Heads + 1, Kind = PhantomKind.HeadCt }), cancel);
        return await SendAsync([t2, ct], cancel);
    }

    private async Task SendAsync(DirectoryInfo folder, Dictionary<string, double> sent, CancellationToken cancel)
    {
        var files = DicomFolder.Files(folder);
        var start = TimeProvider.System.GetTimestamp();
        await foreach (var result in client.StoreAsync(files.Select(Part10Source.File), cancel))
            if (!result.IsStored)
                throw new VerbException(
                    $"{result.Source.Name} was refused: {(result.Status is { } status ? $"{status:X4} " : "")}{result.Error}");
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        progress.Report($"sent {files.Count} images of {folder.Name} in {seconds:0.00} s");
        foreach (var uid in files.Select(StudyUid).Distinct())
            sent[uid] = sent.GetValueOrDefault(uid) + seconds;
    }

    private static string StudyUid(string file) =>
        DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID);
}
