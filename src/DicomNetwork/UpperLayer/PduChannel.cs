using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;

namespace Gateway.DicomNetwork;

/// <summary>PDUs over one transport connection: bounded in, one write each out, every wait with an end.</summary>
internal sealed class PduChannel(PipeReader input, Stream output, TimeProvider time, Action? beforeRead = null) : IDisposable
{
    /// <summary>Most bytes read after framing was lost: enough for the peer to hear why, too few to be worth sending.</summary>
    private const int MaxDiscarded = 1 << 20;

    private readonly Incoming.Pdu _pdu = new();
    private CancellationTokenSource _clock = new(Timeout.InfiniteTimeSpan, time);    // one for all waits: a PDU has better things to cost
    private SequencePosition? _consumed;
    private long _discarded;
    private bool _broken;

    /// <summary>The peer did not take a PDU of ours in time, so it will not take the bytes that the transport still holds.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Makes the read that waits now, or the next one, return <see cref="Incoming.Interrupted"/>.</summary>
    public void Interrupt() => input.CancelPendingRead();

    /// <summary>The next PDU, or why there is none. The result of the previous call is no longer valid.</summary>
    /// <param name="maxLength">Longest PDU taken, in bytes without its six byte header.</param>
    /// <param name="timeout">For the whole PDU, so that a peer that drips bytes does not hold us longer than one that sends none.</param>
    public async ValueTask<Incoming> ReadAsync(uint maxLength, TimeSpan timeout, CancellationToken cancel)
    {
        if (TryTakeBuffered(maxLength, out var buffered))
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
            return new Incoming.Expired();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new Incoming.Closed(null);    // reset by the peer, or aborted by the server
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

    private bool TryTakeBuffered(uint maxLength, [NotNullWhen(true)] out Incoming? incoming)
    {
        if (_consumed is { } position)
            input.AdvanceTo(position);
        _consumed = null;
        incoming = null;
        return input.TryRead(out var result) && TryTake(result, maxLength, out incoming);
    }

    private async ValueTask<Incoming> ReceiveAsync(uint maxLength, CancellationToken cancel)
    {
        while (true)
        {
            beforeRead?.Invoke();
            if (TryTake(await input.ReadAsync(cancel), maxLength, out var incoming))
                return incoming;
        }
    }

    /// <returns>False: read more.</returns>
    private bool TryTake(ReadResult result, uint maxLength, [NotNullWhen(true)] out Incoming? incoming)
    {
        var buffer = result.Buffer;
        if (result.IsCanceled)
        {
            input.AdvanceTo(buffer.Start);
            incoming = new Incoming.Interrupted();
            return true;
        }

        if (_broken)    // framing is lost: the rest has no meaning, but is read so that closing does not reset the connection
        {
            _discarded += buffer.Length;
            buffer = buffer.Slice(buffer.End);
        }
        else if (TryCut(ref buffer, maxLength, out incoming))
        {
            _consumed = buffer.Start;
            return true;
        }

        var leftover = !buffer.IsEmpty;
        input.AdvanceTo(buffer.Start, buffer.End);
        var isOver = result.IsCompleted || _discarded > MaxDiscarded;
        incoming = isOver ? new Incoming.Closed(leftover ? PduException.Truncated() : null) : null;
        return isOver;
    }

    private bool TryCut(ref ReadOnlySequence<byte> buffer, uint maxLength, [NotNullWhen(true)] out Incoming? incoming)
    {
        try
        {
            incoming = PduFraming.TryReadPdu(ref buffer, maxLength, out var type, out var body) ? _pdu.Of(type, body) : null;
        }
        catch (PduException error)
        {
            _broken = true;
            incoming = new Incoming.Malformed(error);
        }

        return incoming is not null;
    }
}
