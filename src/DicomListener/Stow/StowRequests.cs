using System.Net;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Takes the objects of a store request (PS3.18 §10.5) as an association of its own.</summary>
internal sealed class StowRequests(
    IOptions<DicomListenerOptions> options, IOptions<AuthOptions> auth, AllowedHosts hosts, DiskSpace disk, AssociationLedger ledger,
    ObjectIntake intake, RefusalLog refusals, CommitmentLedger commitments, CommitmentLook look, ListenerMetrics metrics,
    IHostApplicationLifetime lifetime, DatabasePatience patience, DicomServerOptions limits, TimeProvider time)
{
    /// <summary>What stands in the ledger for an AE title.</summary>
    internal const string CallingAe = "STOW-RS";

    private const int BufferBytes = 128 * 1024;

    /// <summary>Parts that are being made durable while the next is read: they share flushes, as associations do.</summary>
    private const int MostUnwritten = 16;
    private const int MostHeaders = 32;
    private const int MostHeaderBytes = 16 * 1024;
    private int _open;

    /// <returns>Status and reason; null: the request is taken.</returns>
    public (int Status, string Detail)? Refuse(HttpRequest request)
    {
        if (!hosts.Contains(request.Host.Host))
            return (StatusCodes.Status400BadRequest, "This server is not called so.");
        if (CallerCheck.Refuse(request, auth.Value, hosts) is { } refused)
            return refused;
        if (disk.IsLow)
            return (StatusCodes.Status507InsufficientStorage, "Free disk space is below the watermark.");
        return lifetime.ApplicationStopping.IsCancellationRequested || Volatile.Read(ref _open) >= options.Value.MaxAssociations
            ? (StatusCodes.Status503ServiceUnavailable, "The gateway is busy or stops; try again.")
            : null;
    }

    /// <summary>Stores every part that is an object.</summary>
    /// <param name="study">The study that all must belong to; null: any.</param>
    /// <returns>What became of each; when this returns, what is kept is durable. Null: the request broke off; what had come whole is
    /// kept.</returns>
    /// <exception cref="StowStoppedException">The gateway stops: what had come whole is kept.</exception>
    public async Task<IReadOnlyList<StowOutcome>?> StoreAsync(HttpContext context, string boundary, string? study)
    {
        var open = Interlocked.Increment(ref _open);
        try
        {
            return await StoreAsync(context, boundary, study, open);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<IReadOnlyList<StowOutcome>?> StoreAsync(HttpContext context, string boundary, string? study, int open)
    {
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var peer = new AssociationRequest(
            AeTitle.Parse(CallingAe), AeTitle.Parse(options.Value.AeTitle), remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote, open);
        var end = AssociationEnd.ConnectionLost;
        var id = await ledger.OpenAsync(peer, context.RequestAborted);
        metrics.Opened();
        var sender = new Sender(id, peer, new() { AeTitle = CallingAe }, study);
        var session = new ReceivedAssociation(
            sender, ledger, intake, refusals, new(sender, commitments, look, time), patience, metrics);
        try
        {
            var outcomes = await ReadAsync(context, boundary, new(session), lifetime.ApplicationStopping);
            end = AssociationEnd.Released;
            return outcomes;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }
        finally
        {
            await session.EndAsync(end, TimeSpan.Zero);
        }
    }

    /// <summary>When the gateway stops, the part under way is waited for as an object of an association is; no other is begun.</summary>
    private async Task<IReadOnlyList<StowOutcome>> ReadAsync(
        HttpContext context, string boundary, StowPart part, CancellationToken stopping)
    {
        var reader = new MultipartReader(boundary, context.Request.Body, BufferBytes)
        {
            HeadersCountLimit = MostHeaders, HeadersLengthLimit = MostHeaderBytes,
        };
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, cut.Token);
        await using var stop = stopping.Register(() => cut.CancelAfter(limits.StopTimeout));
        var parts = new List<Task<StowOutcome>>();
        try
        {
            while (await reader.ReadNextSectionAsync(either.Token) is { } section)
            {
                if (stopping.IsCancellationRequested)
                    throw new StowStoppedException();
                if (section.ContentType?.StartsWith("application/dicom", StringComparison.OrdinalIgnoreCase) != true)
                    continue;
                if (parts.Count >= MostUnwritten)
                    await parts[^MostUnwritten];
                parts.Add(await part.ReceiveAsync(section.Body, either.Token));
            }
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            throw new StowStoppedException();
        }
        finally
        {
            await Task.WhenAll(parts);
        }
        return [.. await Task.WhenAll(parts)];
    }
}
