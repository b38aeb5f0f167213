using System.Globalization;
using Gateway.Persistence;

namespace Gateway.WholePath;

/// <summary><c>gateway run</c> as a user starts it: every role, SQLite, in-memory bus, one destination.</summary>
internal sealed class GatewayProcess : IDisposable
{
    /// <summary>The default of <c>Dicom:Completion:ReleasedQuiet</c>, given explicitly since it is taken off the totals.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;
    private TimeSpan _processorTimeAtStart;

    private GatewayProcess(ChildProcess process, DataDirectory data, Uri url, int dicomPort) =>
        (_process, Data, Url, DicomPort) = (process, data, url, dicomPort);

    public DataDirectory Data { get; }

    public Uri Url { get; }

    public int DicomPort { get; }

    /// <summary>CPU seconds since it said READY.</summary>
    public double ProcessorSeconds => (_process.ProcessorTime - _processorTimeAtStart).TotalSeconds;

    /// <summary>CPU seconds until it said READY.</summary>
    public double StartProcessorSeconds => _processorTimeAtStart.TotalSeconds;

    /// <summary>Most memory ever resident, MiB (VmHWM of proc(5)).</summary>
    public double PeakMebibytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Returns when it accepts.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message holds the end of its log.</exception>
    public static async Task<GatewayProcess> StartAsync(string program, DataDirectory data, int destinationPort, CancellationToken cancel)
    {
        var (dicom, http) = (FreePort.Next(), FreePort.Next());
        var url = new Uri($"http://127.0.0.1:{http}");
        string[] settings =
        [
            $"Dicom:Port={dicom}",
            $"Dicom:Completion:ReleasedQuiet={Quiet:c}",
            "Delivery:Destinations:0:Name=pacs",
            "Delivery:Destinations:0:Host=127.0.0.1",
            $"Delivery:Destinations:0:Port={destinationPort}",
            $"Delivery:Destinations:0:CalledAe={Storescp.AeTitle}",
        ];
        var process = new ChildProcess(
            program, ["run", "--data", data.Root, "--urls", url.OriginalString, .. settings.SelectMany(s => (string[])["--set", s])]);
        var gateway = new GatewayProcess(process, data, url, dicom);
        try
        {
            await process.LineAsync("READY", cancel);
            gateway._processorTimeAtStart = process.ProcessorTime;
            return gateway;
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }

    public void Dispose() => _process.Dispose();
}
