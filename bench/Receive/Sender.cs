namespace Gateway.Receive;

/// <summary>One of dcmtk's programs that play the scanner, one process for each association.</summary>
/// <param name="Name">As it stands in the report.</param>
internal sealed record Sender(string Name, Func<Receiver, IEnumerable<string>, IEnumerable<string>> Arguments)
{
    public static readonly Sender Storescu = new(
        "storescu", (receiver, folders) =>
        ["-aet", Receiver.CallingAe, "-aec", Receiver.CalledAe, "-xe", "+sd", "127.0.0.1", $"{receiver.Port}", .. folders]);

    public static readonly Sender Dcmsend = new(
        "dcmsend", (receiver, folders) =>
        ["-aet", Receiver.CallingAe, "-aec", Receiver.CalledAe, "+sd", "127.0.0.1", $"{receiver.Port}", .. folders]);

    /// <summary>Returns when every association is released.</summary>
    /// <exception cref="InvalidOperationException">An image was not stored.</exception>
    public async Task SendAsync(Receiver receiver, Workload workload, int associations, bool stock, CancellationToken cancel)
    {
        var processes = Enumerable.Range(0, associations)
            .Select(i => new ChildProcess(Name, Arguments(receiver, workload.FoldersOf(i, associations)), stock)).ToList();
        try
        {
            await Task.WhenAll(processes.Select(process => process.SucceededAsync(cancel)));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }
}
