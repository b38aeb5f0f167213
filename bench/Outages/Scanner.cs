using System.Collections.Concurrent;
using Gateway.DicomNetwork;
using Gateway.Workshop.Phantom;

namespace Gateway.Outages;

/// <summary>Sends studies at a pace, each again until all of it is stored, and notes how long it waited for each answer.</summary>
internal sealed class Scanner(int port, TimeSpan pace)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<TimeSpan> _answers = [];
    private int _again;

    /// <summary>The longest time from a question to a status, a refusal or the end of the connection.</summary>
    public TimeSpan SlowestAnswer => _answers.IsEmpty ? TimeSpan.Zero : _answers.Max();

    /// <summary>How often a study had to be sent again.</summary>
    public int Again => _again;

    public static IReadOnlyList<IReadOnlyList<string>> Draw(TemporaryFolder folder, int studies) =>
    [
        .. Enumerable.Range(0, studies).Select(i => PhantomSeries.Write(
            folder.Sub($"study-{i}"),
            new PhantomSeriesOptions { Seed = (ulong)(5_000 + i), Kind = PhantomKind.T2, Slices = 24, Size = 256 })),
    ];

    /// <summary>Returns when all are stored.</summary>
    public Task SendAsync(IReadOnlyList<IReadOnlyList<string>> studies, CancellationToken cancel) => Task.WhenAll(
        studies.Select(async (files, i) =>
        {
            await Task.Delay(i * pace, cancel);
            while (!await StoreAsync(files, cancel))
            {
                Interlocked.Increment(ref _again);
                await Task.Delay(AgainAfter, cancel);
            }
        }));

    private async Task<bool> StoreAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        var client = new DicomClient(
            new DicomClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                CalledAe = AeTitle.Parse("GATEWAY"),
                CallingAe = AeTitle.Parse("SCANNER"),
            },
            TimeProvider.System);
        var asked = TimeProvider.System.GetTimestamp();
        try
        {
            await foreach (var result in client.StoreAsync(files.Select(Part10Source.File), cancel))
            {
                _answers.Add(TimeProvider.System.GetElapsedTime(asked));
                asked = TimeProvider.System.GetTimestamp();
                if (!result.IsStored)
                    return false;
            }
            return true;
        }
        catch (DicomNetworkException)
        {
            _answers.Add(TimeProvider.System.GetElapsedTime(asked));
            return false;
        }
    }
}
