using System.Net.Http.Headers;
using Gateway.DicomNetwork;

namespace Gateway.DicomWeb;

/// <summary>The same 2,000 MR images of 16 studies to the gateway, durable before each answer: by one association, and by STOW-RS from one
/// connection, a request a study. The end of a request is the end of its study, which the gateway then looks at; an association's study
/// stays open.</summary>
internal static class StoreRun
{
    public static async Task<Stored> MeasureAsync(Servers servers, TemporaryFolder folder, int rounds, CancellationToken cancel)
    {
        var workload = Workload.Mr(folder.Sub("mr"));
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var (store, stow) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            // Whatever is first in a round is second in the next.
            (List<double> To, Func<Task> Send)[] ways =
            [
                (store, () => StoreAsync(servers.Gateway, workload, cancel)),
                (stow, () => StowAsync(http, servers.Gateway, workload, cancel)),
            ];
            foreach (var (to, send) in round % 2 == 0 ? ways : ways.Reverse())
            {
                workload.Renew();
                await servers.QuietAsync(cancel);
                var start = TimeProvider.System.GetTimestamp();
                await send();
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                if (round > 0)
                    to.Add(workload.Files.Count / seconds);
            }
        }
        var ratio = Spread.Of(stow.Zip(store, (a, b) => a / b));
        return new(workload.Files.Count, workload.BytesEach, Spread.Of(store), Spread.Of(stow), ratio);
    }

    private static async Task StoreAsync(Peer peer, Workload workload, CancellationToken cancel)
    {
        await foreach (var result in peer.Client().StoreAsync([.. workload.Files.Select(file => Part10Source.File(file))], cancel))
            if (!result.IsStored)
                throw new InvalidOperationException($"C-STORE was refused: {result.Status:X4} {result.Error}");
    }

    private static async Task StowAsync(HttpClient http, Peer peer, Workload workload, CancellationToken cancel)
    {
        var studies = workload.Files.Select((file, i) => (file, i)).GroupBy(one => one.i % Workload.Series, one => one.file);
        foreach (var files in studies)
        {
            using var body = new MultipartContent("related");
            body.Headers.ContentType!.Parameters.Add(new("type", "\"application/dicom\""));
            foreach (var file in files)
            {
                var part = new StreamContent(File.OpenRead(file));
                part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
                body.Add(part);
            }
            using var request = new HttpRequestMessage(HttpMethod.Post, peer.Studies) { Content = body };
            request.Headers.Accept.ParseAdd("application/dicom+json");
            using var answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode != System.Net.HttpStatusCode.OK)
                throw new InvalidOperationException($"STOW-RS answered {answer.StatusCode}.");
        }
    }
}

/// <summary>Images a second, and the ratio of both within a round.</summary>
internal sealed record Stored(int Images, long BytesEach, Spread Store, Spread Stow, Spread Ratio);
