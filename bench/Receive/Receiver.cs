using Gateway.DicomNetwork;

namespace Gateway.Receive;

/// <summary>One receiver of a run, started once and left running: all are resident, one works at a time.</summary>
internal sealed class Receiver : IDisposable
{
    public const string CalledAe = "GATEWAY";
    public const string CallingAe = "SCANNER";

    private readonly ChildProcess _process;
    private readonly string _stored;

    private Receiver(string name, int port, ChildProcess process, string stored) =>
        (Name, Port, _process, _stored) = (name, port, process, stored);

    /// <summary>As it stands in the report.</summary>
    public string Name { get; }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>MiB resident after it started and answered.</summary>
    public double IdleMebibytes { get; private set; }

    /// <summary>User and system seconds of all its processes so far.</summary>
    public double ProcessorSeconds => ProcessTree.ProcessorSeconds(Id);

    /// <param name="program">What is started; must listen soon.</param>
    /// <param name="stored">The folder its files appear in.</param>
    public static async Task<Receiver> StartAsync(ReceiverProgram program, string stored, CancellationToken cancel)
    {
        var port = FreePort.Next();
        var process = new ChildProcess(program.Path, program.Arguments(port), program.Stock);
        var receiver = new Receiver(program.Name, port, process, stored);
        try
        {
            await receiver.AnswersAsync(cancel);
            receiver.IdleMebibytes = ProcessTree.Mebibytes(receiver.Id, "VmRSS");
            return receiver;
        }
        catch
        {
            receiver.Dispose();
            throw;
        }
    }

    /// <summary>C-ECHO: it is there; and dcmtk counts the children that ended.</summary>
    public async Task EchoAsync(CancellationToken cancel) => await Client().EchoAsync(cancel);

    /// <summary>Our SCU, aimed at it.</summary>
    public DicomClient Client() => new(
        new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = Port,
            CalledAe = AeTitle.Parse(CalledAe),
            CallingAe = AeTitle.Parse(CallingAe),
        },
        TimeProvider.System);

    /// <summary>Gives back the blocks of what was stored, and keeps the files: a file system that has just deleted many is slow at making
    /// new ones (ext4 looks for inodes not recently freed).</summary>
    /// <returns>How many files there were.</returns>
    public int Empty()
    {
        var files = new DirectoryInfo(_stored).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Length > 10_000).ToList();
        Parallel.ForEach(files, file =>
        {
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.SetLength(handle, 0);
        });
        return files.Count;
    }

    public void Dispose() => _process.Dispose();

    private async Task AnswersAsync(CancellationToken cancel)
    {
        _process.Drain();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EchoAsync(cancel);
                return;
            }
            catch (DicomNetworkException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(200, cancel);
            }
        }
    }
}

/// <summary>How a receiver is started.</summary>
/// <param name="Name">As it stands in the report.</param>
/// <param name="Stock">See <see cref="ChildProcess"/>.</param>
internal sealed record ReceiverProgram(string Name, string Path, Func<int, IEnumerable<string>> Arguments, bool Stock = false)
{
    /// <summary>Where under its folder the images go.</summary>
    public string Stored { get; init; } = "";
}
