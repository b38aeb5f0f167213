using Gateway.DicomNetwork;

namespace Gateway.WholePath;

/// <summary>One program that plays the scanner.</summary>
/// <param name="Name">As it stands in the report.</param>
/// <param name="SendAsync">Returns when the association is released; throws when an image was not stored.</param>
internal sealed record StudySender(string Name, Func<PhantomStudy, CancellationToken, Task> SendAsync)
{
    private const string CallingAe = "SCANNER";
    private const string CalledAe = "GATEWAY";

    public static StudySender Ours(int port)
    {
        var client = new DicomClient(
            new DicomClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                CalledAe = AeTitle.Parse(CalledAe),
                CallingAe = AeTitle.Parse(CallingAe),
            },
            TimeProvider.System);
        return new("our SCU", async (study, cancel) =>
        {
            await foreach (var result in client.StoreAsync(study.Files.Select(Part10Source.File), cancel))
                if (!result.IsStored)
                    throw new InvalidOperationException($"An image was refused: {result.Status:X4} {result.Error}");
        });
    }

    /// <summary>A new process for every study, proposing only what the files need.</summary>
    public static StudySender Storescu(int port) => new("storescu", async (study, cancel) =>
    {
        using var process = new ChildProcess(
            "storescu", ["--required", "-aet", CallingAe, "-aec", CalledAe, "127.0.0.1", $"{port}", .. study.Files]);
        await process.SucceededAsync(cancel);
    });
}
