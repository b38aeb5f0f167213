using System.Net;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>A database that holds its connections and answers nothing.</summary>
public sealed class HangingDatabaseTests
{
    private static readonly Dictionary<string, string?> Impatient = new() { ["Dicom:DatabaseTimeout"] = "00:00:01" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_sqlite_is_locked_senders_are_told_to_try_again_and_afterwards_all_is_as_before()
    {
        await using var host = await ListenerHost.StartAsync(Impatient);
        await using var holder = new SqliteConnection($"Data Source={host.Data.Database}");
        await holder.OpenAsync(Cancel);

        await AssertToldAsync(
            host,
            async () => await new SqliteCommand("BEGIN IMMEDIATE", holder).ExecuteNonQueryAsync(Cancel),
            async () => await new SqliteCommand("ROLLBACK", holder).ExecuteNonQueryAsync(Cancel));
    }

    [Fact]
    public async Task While_postgres_is_frozen_senders_are_told_to_try_again_and_afterwards_all_is_as_before()
    {
        using var server = await PostgresServer.StartOwnAsync();
        await using var database = await TestDatabase.CreateOnAsync(server);
        await using var host = await ListenerHost.StartAsync(new(Impatient)
        {
            ["Database:Provider"] = "Postgres", ["Database:ConnectionString"] = database.Options.ConnectionString,
        });

        await AssertToldAsync(host, server.FreezeAsync, server.ThawAsync);
    }

    /// <summary>It hangs until every answer is there: that they come at all is what is tested.</summary>
    private static async Task AssertToldAsync(ListenerHost host, Func<Task> hang, Func<Task> thaw)
    {
        using var http = new HttpClient();
        using var folder = new TemporaryDirectory();
        await using var sent = host.Client().StoreAsync([.. Enumerable.Range(1, 4).Select(number => Source(folder, number))], Cancel)
            .GetAsyncEnumerator(Cancel);
        Assert.Equal(DimseStatus.Success, await NextAsync(sent));
        await hang();
        try
        {
            Assert.Equal(DimseStatus.OutOfResources, await NextAsync(sent));
            Assert.Equal(DimseStatus.OutOfResources, await NextAsync(sent));
            var refused = await Assert.ThrowsAsync<AssociationRejectedException>(() => host.SendAsync(Image(5)));
            Assert.Equal(AssociationRejection.TemporaryCongestion, refused.Rejection);
            var stow = await http.PostAsync(new Uri(host.Web + "/dicomweb/studies"), StowTests.Content(Image(6)), Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, stow.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(host.Web + "/health/live"), Cancel)).StatusCode);
        }
        finally
        {
            await thaw();
        }

        await Eventually.TrueAsync(async () => await TakesAsync(host, 2) && await TakesAsync(host, 3), "images are taken again");
        Assert.Equal(DimseStatus.Success, await NextAsync(sent));
        await using var db = host.Open();
        Assert.Equal([1, 2, 3, 4], await db.Instances.Select(row => row.InstanceNumber!.Value).Order().ToListAsync(Cancel));
    }

    private static async Task<bool> TakesAsync(ListenerHost host, int number)
    {
        try
        {
            return (await host.SendAsync(Image(number))).Status == DimseStatus.Success;
        }
        catch (DicomNetworkException)
        {
            return false;
        }
    }

    private static async Task<ushort?> NextAsync(IAsyncEnumerator<StoreResult> sent) =>
        await sent.MoveNextAsync() ? sent.Current.Status : throw new InvalidOperationException("Nothing more was sent.");

    private static Part10Source Source(TemporaryDirectory folder, int number)
    {
        var path = folder.Combine($"{number}.dcm");
        File.WriteAllBytes(path, Image(number));
        return Part10Source.File(path);
    }

    private static byte[] Image(int number) => GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, number, 16);
}
