namespace Gateway.Hosting;

/// <summary>How many messages of a handler this process works on at a time, from both its queues. A slot that becomes free goes to an
/// urgent one first.</summary>
public sealed class WorkSlots<THandler>(int count)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _urgent = [];
    private readonly Queue<TaskCompletionSource> _others = [];
    private int _free = count;

    /// <summary>Whether an urgent message waits for a slot.</summary>
    public bool IsUrgentWaiting
    {
        get
        {
            lock (_lock)
                return _urgent.Any(turn => !turn.Task.IsCompleted);
        }
    }

    /// <summary>Waits for a slot.</summary>
    /// <returns>Gives it back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(bool urgent, CancellationToken cancel)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }
            (urgent ? _urgent : _others).Enqueue(turn);
        }
        await using var registration = cancel.Register(() => turn.TrySetCanceled(cancel));
        await turn.Task;
        return new Slot(this);
    }

    private void GiveBack()
    {
        lock (_lock)
        {
            while (_urgent.TryDequeue(out var next) || _others.TryDequeue(out next))
            {
                if (next.TrySetResult())
                    return;
            }
            _free++;
        }
    }

    private sealed class Slot(WorkSlots<THandler> slots) : IDisposable
    {
        private WorkSlots<THandler>? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.GiveBack();
    }
}
