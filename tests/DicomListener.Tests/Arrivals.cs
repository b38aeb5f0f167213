using System.Security.Cryptography;
using System.Text;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Associations and images as the listener writes them, at a time the test sets.</summary>
internal sealed class Arrivals(TestDatabase database, TimeProvider time)
{
    public IObjectStore Objects { get; } = new FolderObjectStore(database.Data);

    public async Task<Guid> OpenAsync(string callingAe = "SCANNER", string remote = "127.0.0.1", string? tlsSubject = null)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var row = new Association
        {
            Id = Guid.CreateVersion7(now),
            CallingAe = callingAe,
            CalledAe = "GATEWAY",
            RemoteAddress = remote,
            TlsSubject = tlsSubject,
            OpenedAt = now,
            SeenAt = now,
        };
        db.Associations.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }

    public Task StoreAsync(Guid association, params int[] instances) => StoreSayingAsync(association, null, instances);

    /// <summary>The images come from a sender that is believed when it says how many there are.</summary>
    public async Task StoreSayingAsync(Guid association, int? expected, params int[] instances)
    {
        await using var db = database.Open();
        await InstanceBatch.WriteAsync(
            db, Objects,
            [.. instances.Select(instance => Instance(association, instance, time.GetUtcNow()) with { ExpectedInStudy = expected })]);
    }

    /// <param name="silence">How long the peer had said nothing.</param>
    public async Task CloseAsync(Guid association, AssociationOutcome outcome, TimeSpan silence = default)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        await DueStudies.BringForwardAsync(db, [association], now, CancellationToken.None);
        await db.Associations.Where(row => row.Id == association)
            .ExecuteUpdateAsync(
                row => row.SetProperty(x => x.Outcome, outcome).SetProperty(x => x.ClosedAt, now)
                    .SetProperty(x => x.SeenAt, now - silence));
    }

    /// <summary>Images that name this patient.</summary>
    public async Task StoreForAsync(Guid association, string patient, params int[] instances)
    {
        await using var db = database.Open();
        await InstanceBatch.WriteAsync(
            db, Objects, [.. instances.Select(instance => Instance(association, instance, time.GetUtcNow(), patient))]);
    }

    /// <summary>One image over an association of its own, released.</summary>
    public async Task SendAsync(int instance)
    {
        var association = await OpenAsync();
        await StoreAsync(association, instance);
        await CloseAsync(association, AssociationOutcome.Released);
    }

    /// <param name="patient">Patient ID, of two characters.</param>
    /// <param name="association">That brings it.</param>
    /// <param name="instance">Its number.</param>
    /// <param name="at">When it comes.</param>
    public static ReceivedInstance Instance(Guid association, int instance, DateTimeOffset at, string patient = "P1")
    {
        var text = Encoding.Latin1.GetString(GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, instance, size: 2));
        var dataSet = Encoding.Latin1.GetBytes(text.Replace("LO\u0002\0P1", $"LO\u0002\0{patient}", StringComparison.Ordinal));
        using var scan = new HeaderScan(TransferSyntaxes.ExplicitLittleEndian);
        scan.Feed(dataSet);
        var hash = Convert.ToHexStringLower(SHA256.HashData(dataSet));
        return new()
        {
            AssociationId = association,
            Header = scan.Complete(),
            TransferSyntaxUid = TransferSyntaxes.ExplicitLittleEndian,
            Sha256 = hash,
            Bytes = dataSet.Length,
            At = at,
        };
    }
}
