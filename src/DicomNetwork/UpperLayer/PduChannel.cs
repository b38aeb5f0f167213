using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.DicomNetwork;

/// <summary>PDUs over one transport connection: bounded in, one write each out, every wait with an end.</summary>
internal sealed class PduChannel(PipeReader input, Stream output, TimeProvider time, Action? beforeRead = null) : IDisposable
{
    /// <summary>Most bytes read after framing was lost: enough for the peer to hear why, too few to be worth sending.</summary>
    private const int MaxDiscarded = 1 << 20;

    private CancellationTokenSource _clock = new(Timeout.InfiniteTimeSpan, time);    // one for all waits: a PDU has better things to cost
    private SequencePosition? _consumed;
    private long _discarded;
    private bool _broken;

    /// <summary>A PDU of ours was not taken in time: what the transport still holds for the peer will not be either.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Makes the read that waits now, or the next one, return without an event.</summary>
    public void Interrupt() => input.CancelPendingRead();

    /// <summary>The next PDU, or why there is none. What the previous call returned is no longer valid.</summary>
    /// <param name="maxLength">Longest PDU taken, in bytes without its six byte header.</param>
    /// <param name="timeout">For the whole PDU, so that a peer that drips bytes does not hold us longer than one that sends none.</param>
    public async ValueTask<Incoming> ReadAsync(uint maxLength, TimeSpan timeout, CancellationToken cancel)
    {
        if (TakeBuffered(maxLength) is { } buffered)
            return buffered;

        var expiry = StartClock(timeout);
        await using var stop = cancel.UnsafeRegister(Cancel, _clock);
        try
        {
            return await ReceiveAsync(maxLength, expiry);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (expiry.IsCancellationRequested)
        {
            return new(AssociationEvent.Evt18);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new(AssociationEvent.Evt17);    // reset by the peer, or aborted by the server
        }
        finally
        {
            _clock.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <exception cref="TimeoutException">The peer did not take the bytes in time.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> pdu, TimeSpan timeout, CancellationToken cancel)
    {
        var expiry = StartClock(timeout);
        await using var stop = cancel.UnsafeRegister(Cancel, _clock);
        try
        {
            await output.WriteAsync(pdu, expiry);
        }
        catch (OperationCanceledException) when (expiry.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            IsStuck = true;
            throw new TimeoutException("The peer does not read what it is sent.");
        }
        finally
        {
            _clock.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _clock.Dispose();

    private CancellationToken StartClock(TimeSpan timeout)
    {
        if (!_clock.TryReset())
        {
            _clock.Dispose();
            _clock = new(Timeout.InfiniteTimeSpan, time);
        }

        _clock.CancelAfter(timeout);
        return _clock.Token;
    }

    private static void Cancel(object? clock) => ((CancellationTokenSource)clock!).Cancel();

    private Incoming? TakeBuffered(uint maxLength)
    {
        if (_consumed is { } position)
            input.AdvanceTo(position);
        _consumed = null;
        return input.TryRead(out var result) ? Take(result, maxLength) : null;
    }

    private async ValueTask<Incoming> ReceiveAsync(uint maxLength, CancellationToken cancel)
    {
        while (true)
        {
            beforeRead?.Invoke();
            if (Take(await input.ReadAsync(cancel), maxLength) is { } incoming)
                return incoming;
        }
    }

    private Incoming? Take(ReadResult result, uint maxLength)
    {
        var buffer = result.Buffer;
        if (result.IsCanceled)
        {
            input.AdvanceTo(buffer.Start);
            return default(Incoming);
        }

        if (_broken)    // framing is lost: what follows means nothing, but is read so that closing does not reset the connection
        {
            _discarded += buffer.Length;
            buffer = buffer.Slice(buffer.End);
        }
        else if (Cut(ref buffer, maxLength) is { } incoming)
        {
            _consumed = buffer.Start;
            return incoming;
        }

        var leftover = !buffer.IsEmpty;
        input.AdvanceTo(buffer.Start, buffer.End);
        return result.IsCompleted || _discarded > MaxDiscarded ? new(AssociationEvent.Evt17, default, leftover ? PduException.Truncated() : null) : null;
    }

    private Incoming? Cut(ref ReadOnlySequence<byte> buffer, uint maxLength)
    {
        try
        {
            return PduFraming.TryReadPdu(ref buffer, maxLength, out var type, out var body) ? Name(type, body) : null;
        }
        catch (PduException error)
        {
            _broken = true;
            return new(AssociationEvent.Evt19, default, error);
        }
    }

    private static Incoming Name(PduType type, ReadOnlySequence<byte> body) => type switch
    {
        PduType.AssociateRequest => new(AssociationEvent.Evt6, body),
        PduType.AssociateAccept => new(AssociationEvent.Evt3, body),
        PduType.AssociateReject => new(AssociationEvent.Evt4, body),
        PduType.Data => new(AssociationEvent.Evt10, body),
        PduType.ReleaseRequest => new(AssociationEvent.Evt12, body),
        PduType.ReleaseResponse => new(AssociationEvent.Evt13, body),
        PduType.Abort => new(AssociationEvent.Evt16, body),
        _ => new(AssociationEvent.Evt19, default, new PduException(AbortReason.UnrecognizedPdu, "A PDU of unknown type.")),
    };
}
