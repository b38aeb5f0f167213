namespace Gateway.DicomNetwork;

/// <summary>Waits for what an association's peer does next, and sees that a message it has begun gets somewhere.</summary>
internal sealed class Pace(DicomServerOptions options, TimeProvider time)
{
    private TimeSpan _waited;
    private long _heard = time.GetTimestamp();
    private long _received;

    /// <summary>How long nothing has come from the peer.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_heard);

    /// <param name="inMessage">Whether a message has begun; then the time counts for that message.</param>
    /// <returns><see cref="Indication.Expired"/> also where bytes came, but too few in too long.</returns>
    public async ValueTask<Indication> WaitAsync(UpperLayer upper, bool inMessage)
    {
        if (!inMessage)
        {
            (_waited, _received) = (TimeSpan.Zero, 0);
            return Heard(await upper.NextAsync(options.IdleTimeout, CancellationToken.None));
        }

        var started = time.GetTimestamp();
        var next = Heard(await upper.NextAsync(options.DimseTimeout, CancellationToken.None));
        _waited += time.GetElapsedTime(started);    // for the peer only: our own disk may take its time
        if (next is not Indication.Data data)
            return next;
        _received += data.Body.Length;
        return IsTooSlow ? new Indication.Expired() : next;
    }

    private Indication Heard(Indication next)
    {
        if (next is not (Indication.Expired or Indication.Interrupted))
            _heard = time.GetTimestamp();
        return next;
    }

    private bool IsTooSlow => _waited > options.DimseTimeout && _received < _waited.TotalSeconds * options.MinimumRate;
}
