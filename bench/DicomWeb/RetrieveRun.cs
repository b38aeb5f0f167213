using Gateway.DicomNetwork;

namespace Gateway.DicomWeb;

/// <summary>A CT study of 600 slices, as it was stored, whole: from the gateway and from Orthanc in turn.</summary>
internal static class RetrieveRun
{
    private const int Slices = 600;
    private const int Side = 512;
    private const string Study = "2.25.7465737.600";

    public static async Task<Retrieved> MeasureAsync(Servers servers, TemporaryFolder folder, int rounds, CancellationToken cancel)
    {
        var files = Draw(folder.Sub("ct"));
        foreach (var peer in (Peer[])[servers.Gateway, servers.Orthanc])
            await foreach (var result in peer.Client().StoreAsync([.. files.Select(file => Part10Source.File(file))], cancel))
                if (!result.IsStored)
                    throw new InvalidOperationException($"The study was refused: {result.Status:X4} {result.Error}");
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var (ours, theirs) = (new List<double>(), new List<double>());
        var (before, peak) = (0d, 0d);
        for (var round = 0; round <= rounds; round++)
        {
            if (round == 1)
            {
                before = ProcessTree.Mebibytes(servers.Gateway.Process, "VmRSS");
                ProcessTree.ResetPeak(servers.Gateway.Process);
            }
            (List<double> To, Peer Peer)[] ways = [(ours, servers.Gateway), (theirs, servers.Orthanc)];
            foreach (var (to, peer) in round % 2 == 0 ? ways : ways.Reverse())
            {
                var rate = await RateAsync(http, peer, cancel);
                if (round > 0)
                    to.Add(rate);
            }
            peak = ProcessTree.Mebibytes(servers.Gateway.Process, "VmHWM");
        }
        return new(Slices, Spread.Of(ours), Spread.Of(theirs), Spread.Of(ours.Zip(theirs, (a, b) => a / b)), before, peak);
    }

    /// <summary>MB a second, from the question to the last byte.</summary>
    private static async Task<double> RateAsync(HttpClient http, Peer peer, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{peer.Studies}/{Study}");
        request.Headers.Accept.ParseAdd("multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        var start = TimeProvider.System.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var length = 0L;
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
            length += read;
        if (length < (long)Slices * Side * Side * 2)
            throw new InvalidOperationException($"{peer.Root} sent {length} bytes: not the whole study.");
        return length / 1e6 / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static string[] Draw(string folder)
    {
        Directory.CreateDirectory(folder);
        var pixels = new byte[Side * Side * 2];
        new Random(Side).NextBytes(pixels);
        return [.. Enumerable.Range(1, Slices).Select(number =>
        {
            var path = Path.Combine(folder, $"{number:D4}.dcm");
            new DicomFile(SyntheticImage.Create(new()
            {
                Modality = "CT", SopClass = DicomUID.CTImageStorage, Study = Study, Number = number, Side = Side, Pixels = pixels,
            })).Save(path);
            return path;
        })];
    }
}

/// <summary>MB a second; MiB the gateway had resident before the measured rounds, and at most in them.</summary>
internal sealed record Retrieved(int Slices, Spread Ours, Spread Theirs, Spread Ratio, double Before, double Peak);
