using Gateway.Persistence;
using Gateway.Workshop.Phantom;

namespace Gateway.WholePath;

/// <summary>Sends studies one after the other, each when the one before is through: latency, not throughput.</summary>
internal sealed class WholePathRun(Checkout checkout, int rounds)
{
    private static readonly PhantomKind[] Kinds = [PhantomKind.T2, PhantomKind.HeadCt];
    private const int Senders = 2;

    public async Task<WholePathResult> RunAsync(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var (machine, startedAt, load) = (Machine.Here(folder.Path), TimeProvider.System.GetUtcNow(), Machine.LoadAverage());
        using var pacs = new Storescp();
        Say("drawing phantoms");
        var queue = Draw(folder);
        var example = queue.Peek();

        using var gateway = await GatewayProcess.StartAsync(checkout.Gateway, new DataDirectory(folder.Sub("data")), pacs.Port, cancel);
        await pacs.EchoAsync(cancel);
        using var watch = new StudyWatch(gateway);
        StudySender[] senders = [StudySender.Ours(gateway.DicomPort), StudySender.Storescu(gateway.DicomPort)];

        Say("warm-up");
        await RoundAsync(queue, senders, watch, cancel);
        var (warm, times) = (gateway.ProcessorSeconds, new List<StudyTimes>());
        for (var round = 1; round <= rounds; round++)
        {
            Say($"round {round} of {rounds}");
            times.AddRange(await RoundAsync(queue, senders, watch, cancel));
        }
        return new WholePathResult
        {
            Machine = machine,
            StartedAt = startedAt,
            Load = (load, Machine.LoadAverage()),
            Studies = times,
            StudyBytes = example.Bytes,
            PeakMebibytes = gateway.PeakMebibytes(),
            StartProcessorSeconds = gateway.StartProcessorSeconds,
            ProcessorSecondsPerStudy = (gateway.ProcessorSeconds - warm) / times.Count,
            DiskFloor = [.. Enumerable.Range(0, rounds).Select(_ => DiskFloor.Seconds(example, gateway.Data))],
            Gigaoperations = GeneratorCost.Gigaoperations(checkout.Model),
        };
    }

    /// <summary>One study of each kind from each sender, so that a slow minute of the machine hits all alike.</summary>
    private static async Task<List<StudyTimes>> RoundAsync(
        Queue<PhantomStudy> queue, IReadOnlyList<StudySender> senders, StudyWatch watch, CancellationToken cancel)
    {
        var times = new List<StudyTimes>();
        foreach (var sender in senders)
            foreach (var _ in Kinds)
            {
                var study = queue.Dequeue();
                var (sentAt, start) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
                await sender.SendAsync(study, cancel);
                var receive = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                await watch.DeliveredAsync(study, cancel);
                times.Add(await watch.TimesAsync(study, sender.Name, sentAt, receive, cancel));
            }
        return times;
    }

    private Queue<PhantomStudy> Draw(TemporaryFolder folder) => new(
        Enumerable.Range(0, (rounds + 1) * Senders * Kinds.Length).AsParallel().AsOrdered()
            .Select(i => PhantomStudy.Draw(folder.Sub($"study-{i}"), Kinds[i % Kinds.Length], (ulong)(1_000 + i))));

    private static void Say(string what) => Console.Error.WriteLine(what);
}
