namespace Gateway.Receive;

/// <summary>How much is measured.</summary>
/// <param name="Passes">Measured passes of each cell, after one that is not counted.</param>
/// <param name="Associations">Of storescu; dcmsend has four.</param>
/// <param name="Only">Names of receivers begin so; empty: all.</param>
/// <param name="FoDicom">The built fo-dicom application; null leaves it out.</param>
internal sealed record ReceiveOptions(int Passes, IReadOnlyList<int> Associations, IReadOnlyList<string> Only, string? FoDicom)
{
    /// <summary>CT, MR or both.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>storescu's cells only; neither dcmsend, nor the large object, nor Nagle's algorithm.</summary>
    public bool CellsOnly { get; init; }
}

/// <summary>Every receiver gets the same images from the same senders, in turn, pass by pass.</summary>
internal sealed class ReceiveRun(Checkout checkout, ReceiveOptions options)
{
    public async Task<ReceiveResult> RunAsync(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var (machine, startedAt, load) = (Machine.Here(folder.Path), TimeProvider.System.GetUtcNow(), Machine.LoadAverage());
        Say("drawing images");
        var workloads =
            options.Images.Select(name => name == "CT" ? Workload.Ct(folder.Sub("ct")) : Workload.Mr(folder.Sub("mr"))).ToList();
        var programs = new Programs(checkout, folder.Path, options.FoDicom);
        var receivers = await programs.StartAsync(options.Only, cancel);
        try
        {
            var cells = workloads.SelectMany(CellsOf).ToList();
            foreach (var cell in cells)
                await MeasureAsync(cell, receivers, cancel);
            return new()
            {
                Machine = machine,
                StartedAt = startedAt,
                Cells = cells,
                Idle = receivers.ToDictionary(receiver => receiver.Name, receiver => receiver.IdleMebibytes),
                Memory = options.CellsOnly ? [] : await MemoryRun.MeasureAsync(receivers, folder.Sub("large"), cancel),
                Nagle = options.CellsOnly ? [] : await NagleRun.MeasureAsync(programs, receivers, workloads, options.Passes, cancel),
                Load = (load, Machine.LoadAverage()),
                Seconds = (TimeProvider.System.GetUtcNow() - startedAt).TotalSeconds,
            };
        }
        finally
        {
            foreach (var receiver in receivers)
                receiver.Dispose();
        }
    }

    private IEnumerable<Cell> CellsOf(Workload workload) =>
        options.Associations.Select(n => new Cell(workload, Sender.Storescu, n))
            .Concat(options.CellsOnly ? [] : [new Cell(workload, Sender.Dcmsend, 4)]);

    /// <summary>The order turns round every second pass, so that nobody always comes after the same one.</summary>
    private async Task MeasureAsync(Cell cell, IReadOnlyList<Receiver> receivers, CancellationToken cancel)
    {
        Say($"{cell.Workload.Name}, {cell.Sender.Name}, {cell.Associations} associations");
        for (var pass = 0; pass <= options.Passes; pass++)
            foreach (var receiver in pass % 2 == 0 ? receivers : receivers.Reverse())
            {
                var measured = await PassAsync(cell, receiver, cancel);
                if (pass > 0)
                    cell.Add(receiver, measured);
                cell.Sha256.Add(HashCost.Milliseconds(cell.Workload));
            }
    }

    private static async Task<Pass> PassAsync(Cell cell, Receiver receiver, CancellationToken cancel)
    {
        cell.Workload.Renew();
        await SettleAsync(cancel);
        var pass = await Pass.MeasureAsync(
            receiver, () => cell.Sender.SendAsync(receiver, cell.Workload, cell.Associations, stock: false, cancel), cancel);
        var stored = receiver.Empty();
        return stored == cell.Workload.Files.Count
            ? pass
            : throw new InvalidOperationException($"{receiver.Name} stored {stored} of {cell.Workload.Files.Count} images.");
    }

    /// <summary>What the pass before left to write is on the disk: it is not to be paid for by the next flush.</summary>
    private static async Task SettleAsync(CancellationToken cancel)
    {
        using var sync = new ChildProcess("sync", []);
        await sync.SucceededAsync(cancel);
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}
