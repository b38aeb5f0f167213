using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>C-FIND for one study or series, asked of an archive that is not ours.</summary>
public sealed class ExistenceTests
{
    private const string Title = "EXISTENCE";
    private static readonly Uid Unknown = Uid.Parse("2.25.404");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_archive_has_is_found_and_nothing_else_is()
    {
        var orthanc = await OrthancServer.GetAsync();
        await orthanc.AddModalityAsync("existence", Title, 104);    // it answers queries of those that it knows
        using var body = new ByteArrayContent(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian));
        (await orthanc.Http.PostAsync(new Uri("/instances", UriKind.Relative), body, Cancel)).EnsureSuccessStatusCode();
        var client = Client(orthanc.Host, orthanc.DicomPort, orthanc.AeTitle);
        var (study, series) = (Uid.Parse(GeneratedObject.Uid(0, 0)), Uid.Parse(GeneratedObject.Uid(1, 0)));

        Assert.Equal(new(DimseStatus.Success, true, null), await client.HasAsync(new(study, null), Cancel));
        Assert.Equal(new(DimseStatus.Success, true, null), await client.HasAsync(new(study, series), Cancel));
        Assert.Equal(new(DimseStatus.Success, false, null), await client.HasAsync(new(study, Unknown), Cancel));
        Assert.Equal(new(DimseStatus.Success, false, null), await client.HasAsync(new(Unknown, series), Cancel));
        Assert.Equal(new(DimseStatus.Success, false, null), await client.HasAsync(new(Unknown, null), Cancel));
    }

    [Fact]
    public async Task A_peer_without_queries_says_so()
    {
        using var scp = await DcmtkServer.StartAsync();

        var outcome = await Client("127.0.0.1", scp.Port, "ARCHIVE").HasAsync(new(Unknown, null), Cancel);

        Assert.Equal(new(DimseStatus.SopClassNotSupported, false, "The peer does not offer Study Root C-FIND."), outcome);
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_an_exception() => await Assert.ThrowsAsync<DicomNetworkException>(
        () => Client("127.0.0.1", FreePort.Next(), "ARCHIVE").HasAsync(new(Unknown, null), Cancel));

    private static DicomClient Client(string host, int port, string title) => new(
        new() { Host = host, Port = port, CalledAe = AeTitle.Parse(title), CallingAe = AeTitle.Parse(Title) }, TimeProvider.System);
}
