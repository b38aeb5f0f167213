using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Destinations that are sent to over TLS, as they are configured, against dcmtk's storescp that wants a certificate of
/// us.</summary>
public sealed class DestinationTlsTests : IDisposable
{
    private const string Pacs = "pacs";

    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_image_is_delivered_to_a_destination_that_is_trusted_and_to_no_other()
    {
        var (certificate, key) = _authority.Issue("archive", "CN=archive");
        using var scp = await DcmtkServer.StartAsync("+tls", key, certificate, "+cf", _authority.Roots, "-rc");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        using var wary = new TestDelivery(database, Keys(scp.Port, _stranger.Roots));
        using var trusting = new TestDelivery(database, Keys(scp.Port, _authority.Roots));

        await wary.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(DeliveryState.Pending, await StateAsync(database));
        Assert.Empty(scp.Files);
        await trusting.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(DeliveryState.Delivered, await StateAsync(database));
        Assert.Single(scp.Files);
    }

    [Fact]
    public async Task A_file_of_TLS_that_is_gone_for_now_is_tried_again_like_a_peer_that_is_away()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        var roots = _folder.Combine("roots.pem");
        File.Copy(_authority.Roots, roots);
        using var delivery = new TestDelivery(database, Keys(104, roots));
        delivery.Validate();
        File.Delete(roots);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(DeliveryState.Pending, await StateAsync(database));
    }

    [Theory]
    [InlineData("Tls:TrustedRoots", "nowhere.pem")]
    [InlineData("CalledAe", "far too long for a title")]
    public async Task A_destination_that_makes_no_sense_is_named_at_the_start(string key, string value)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var keys = Keys(104, _authority.Roots);
        keys[key] = value;
        using var delivery = new TestDelivery(database, keys);

        Assert.Contains(key.Split(':')[^1], Assert.Throws<OptionsValidationException>(delivery.Validate).Message, StringComparison.Ordinal);
    }

    private static async Task<DeliveryState> StateAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Deliveries.SingleAsync(Cancel)).State;
    }

    private Dictionary<string, string> Keys(int port, string roots)
    {
        var (certificate, key) = _authority.Issue("gateway", "CN=gateway");
        return new(TestDelivery.CStore(Pacs, port))
        {
            ["Tls:TrustedRoots"] = roots,
            ["Tls:Certificate"] = certificate,
            ["Tls:Key"] = key,
        };
    }
}
