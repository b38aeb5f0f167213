namespace Gateway.Receive;

/// <summary>The receivers that are compared.</summary>
/// <param name="root">Each has a folder of its own under it.</param>
/// <param name="foDicom">The built fo-dicom application; null leaves it out.</param>
internal sealed class Programs(Checkout checkout, string root, string? foDicom)
{
    public const string Bytes = "ours, bytes only";
    public const string Durable = "ours, as shipped";
    public const string Dcmtk = "dcmtk storescp --fork";
    public const string Orthanc = "Orthanc";
    public const string FoDicom = "fo-dicom, typical";
    public const string Floor = "floor";

    /// <param name="only">Names begin so; empty: all.</param>
    public async Task<IReadOnlyList<Receiver>> StartAsync(IReadOnlyList<string> only, CancellationToken cancel)
    {
        List<(string Name, string Folder, Func<string, ReceiverProgram> Program)> all =
        [
            (Bytes, "bytes", folder => new(Bytes, Self, port => ["serve", "bytes", $"{port}", folder])),
            (Dcmtk, "dcmtk", folder => Storescp(folder, stock: false)),
            (FoDicom, "fo-dicom", folder => new(FoDicom, foDicom!, port => [$"{port}", folder])),
            (Floor, "floor", folder => new(Floor, Self, port => ["serve", "floor", $"{port}", folder])),
            (Durable, "durable", Listener),
            (Orthanc, "orthanc", OrthancServer),
        ];
        if (foDicom is null)
            all.RemoveAll(one => one.Name == FoDicom);
        if (only.Count > 0)
            all.RemoveAll(one => !only.Any(name => one.Name.StartsWith(name, StringComparison.Ordinal)));
        return await Task.WhenAll(all.Select(one => StartAsync(one.Folder, one.Program, cancel)));
    }

    /// <summary>storescp as Debian ships it.</summary>
    public Task<Receiver> StockStorescpAsync(CancellationToken cancel) =>
        StartAsync("stock", folder => Storescp(folder, stock: true), cancel);

    private static string Self => Environment.ProcessPath!;

    private async Task<Receiver> StartAsync(string name, Func<string, ReceiverProgram> program, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        var started = program(folder);
        return await Receiver.StartAsync(started, Path.Combine(folder, started.Stored), cancel);
    }

    private static ReceiverProgram Storescp(string folder, bool stock) => new(
        Dcmtk, "storescp",
        port => ["--fork", .. stock ? (string[])[] : ["-pdu", "131072"], "-aet", Receiver.CalledAe, "-od", folder, $"{port}"], stock);

    /// <summary>Every default, but for the number of associations: the largest cell has 64.</summary>
    private ReceiverProgram Listener(string folder) => new(
        Durable, checkout.Listener, port =>
        ["--data", folder, "--urls", "http://127.0.0.1:0", "--Dicom:Port", $"{port}", "--Dicom:MaxAssociations", "100"])
    {
        Stored = "objects",
    };

    /// <summary>Defaults: only where it is, and that a caller need not be known.</summary>
    private static ReceiverProgram OrthancServer(string folder)
    {
        var configuration = folder + ".json";
        return new(Orthanc, "Orthanc", port =>
        {
            File.WriteAllText(configuration, $$"""
                {
                  "StorageDirectory": "{{Directory.CreateDirectory(Path.Combine(folder, "files")).FullName}}",
                  "IndexDirectory": "{{Directory.CreateDirectory(folder + ".index").FullName}}",
                  "HttpServerEnabled": false,
                  "DicomAet": "{{Receiver.CalledAe}}",
                  "DicomPort": {{port}},
                  "DicomAlwaysAllowStore": true
                }
                """);
            return [configuration];
        });
    }
}
