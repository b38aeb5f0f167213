using Gateway.DicomNetwork;

namespace Gateway.Receive;

/// <summary>Programs as Debian ships them, Nagle's algorithm on: what hospitals have.</summary>
internal static class NagleRun
{
    private const int Associations = 9;    // one of nine: about 64 CT or 220 MR, which is enough at 50 ms each

    /// <summary>Milliseconds per instance over one association, by sender, receiver and workload.</summary>
    public static async Task<List<NagleFigure>> MeasureAsync(
        Programs programs, IReadOnlyList<Receiver> receivers, IReadOnlyList<Workload> workloads, int passes, CancellationToken cancel)
    {
        using var stock = await programs.StockStorescpAsync(cancel);
        var durable = receivers.FirstOrDefault(receiver => receiver.Name == Programs.Durable);
        var figures = new List<NagleFigure>();
        foreach (var workload in workloads)
        {
            var files = workload.FoldersOf(0, Associations).SelectMany(Directory.GetFiles).ToList();
            List<(string, Receiver, Func<Receiver, Task>)> exchanges =
            [
                ("storescu", stock, receiver => StorescuAsync(receiver, workload, cancel)),
                ("our SCU", stock, receiver => OursAsync(receiver, files, cancel)),
            ];
            if (durable is not null)
                exchanges.Add(("storescu", durable, receiver => StorescuAsync(receiver, workload, cancel)));
            foreach (var (sender, receiver, send) in exchanges)
                figures.Add(new(workload.Name, sender, receiver == stock ? "stock storescp" : receiver.Name,
                    Spread.Of(await RepeatAsync(workload, files.Count, receiver, send, passes))));
        }

        return figures;
    }

    private static async Task<List<double>> RepeatAsync(
        Workload workload, int images, Receiver receiver, Func<Receiver, Task> send, int passes)
    {
        var milliseconds = new List<double>();
        for (var pass = 0; pass <= passes; pass++)
        {
            workload.Renew();
            var start = TimeProvider.System.GetTimestamp();
            await send(receiver);
            if (pass > 0)
                milliseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds / images);
        }

        receiver.Empty();
        return milliseconds;
    }

    private static async Task StorescuAsync(Receiver receiver, Workload workload, CancellationToken cancel)
    {
        using var process = new ChildProcess(
            Sender.Storescu.Name, Sender.Storescu.Arguments(receiver, workload.FoldersOf(0, Associations)), stock: true);
        await process.SucceededAsync(cancel);
    }

    private static async Task OursAsync(Receiver receiver, IReadOnlyList<string> files, CancellationToken cancel)
    {
        await foreach (var result in receiver.Client().StoreAsync(files.Select(Part10Source.File), cancel))
            if (!result.IsStored)
                throw new InvalidOperationException($"An image was refused: {result.Status:X4} {result.Error}");
    }
}

/// <summary>Milliseconds per instance.</summary>
internal sealed record NagleFigure(string Workload, string Sender, string Receiver, Spread Milliseconds);
