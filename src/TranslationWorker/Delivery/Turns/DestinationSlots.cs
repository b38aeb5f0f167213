using System.Collections.Concurrent;

namespace Gateway.TranslationWorker;

/// <summary>How many series go to a destination at a time, by this translator: one that is slow or stalls is left to itself, and holds up
/// no delivery elsewhere.</summary>
public sealed class DestinationSlots(TimeProvider time)
{
    /// <summary>Messages that are handled at a time. More than all destinations may take together, so that there is always one left to
    /// see that a destination is busy.</summary>
    public const int Handlers = 32;

    /// <summary>A delivery that takes longer than this is not waited for in hand.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    /// <summary>Between two that come back to a busy destination.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Seats> _destinations = [];

    /// <summary>Takes a slot; a quick destination is waited for, until it is no quick one any more.</summary>
    /// <param name="destination">The one to send to.</param>
    /// <param name="urgent">Comes back before all others, if it has to.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<DeliveryTurn> TakeAsync(Destination destination, bool urgent, CancellationToken cancel)
    {
        var seats = SeatsOf(destination);
        while (true)
        {
            var changed = seats.Changed;
            if (seats.TryTake() is { } slot)
                return new(slot, TimeSpan.Zero);
            if (seats.Patience() is not { } patience)
                return new(null, ComeBack(destination, Spacing, urgent));
            await changed.WaitAsync(patience, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <returns>When it is the turn of one more: after all that were sent away, unless it is urgent.</returns>
    /// <param name="destination">The one that is busy, or away.</param>
    /// <param name="after">The least time.</param>
    /// <param name="urgent">Nobody is before it.</param>
    public TimeSpan ComeBack(Destination destination, TimeSpan after, bool urgent) =>
        urgent ? after : SeatsOf(destination).ComeBack(after);

    private Seats SeatsOf(Destination destination) =>
        _destinations.GetOrAdd(destination.Name, _ => new(destination.Concurrency, time));

    private sealed class Seats(int most, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private readonly List<DateTimeOffset> _begun = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private DateTimeOffset _back;

        /// <summary>Done when a slot is given back.</summary>
        public Task Changed
        {
            get
            {
                lock (_lock)
                    return _changed.Task;
            }
        }

        public Slot? TryTake()
        {
            lock (_lock)
            {
                if (_begun.Count >= most)
                    return null;
                var now = time.GetUtcNow();
                _begun.Add(now);
                return new Slot(() => GiveBack(now));
            }
        }

        /// <returns>How long one of those under way may still be a quick one; null: none is.</returns>
        public TimeSpan? Patience()
        {
            lock (_lock)
            {
                var left = _begun.Count == 0 ? Quick : _begun.Max() + Quick - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : null;
            }
        }

        public TimeSpan ComeBack(TimeSpan after)
        {
            lock (_lock)
            {
                var now = time.GetUtcNow();
                var at = _back > now + after ? _back : now + after;
                _back = at + Spacing;
                return at - now;
            }
        }

        private void GiveBack(DateTimeOffset begun)
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _begun.Remove(begun);
                (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            changed.SetResult();
        }
    }

    private sealed class Slot(Action giveBack) : IDisposable
    {
        private Action? _giveBack = giveBack;

        public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
    }
}
