namespace Gateway.EndToEnd.Tests.Life;

/// <summary>One worker that runs only when it is told to, from one statement to the next, and may die between any two.</summary>
internal sealed class Actor
{
    private static readonly AsyncLocal<Actor?> Running = new();
    private TaskCompletionSource _go = NewSignal();
    private TaskCompletionSource _stopped = NewSignal();

    private Actor(string name) => Name = name;

    public string Name { get; }
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>It was killed: whatever exception it ended with says nothing more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>It dies at its next commit, before or after it.</summary>
    public bool? DiesBeforeCommit { get; set; }

    /// <summary>The one whose code runs now; null outside.</summary>
    public static Actor? Current => Running.Value;

    public static async Task<Actor> StartAsync(string name, Func<Task> work)
    {
        var actor = new Actor(name);
        var started = actor._stopped.Task;
        actor.Work = Task.Run(async () =>
        {
            Running.Value = actor;
            await actor.PauseAsync();
            await work();
        });
        await started;
        return actor;
    }

    /// <summary>Lets it run to its next statement or its end.</summary>
    public async Task StepAsync()
    {
        _stopped = NewSignal();
        var stopped = _stopped.Task;
        _go.SetResult();
        await Task.WhenAny(stopped, Work);
    }

    public Task KillAsync()
    {
        IsDead = true;
        return StepAsync();
    }

    /// <summary>Called by what it runs: waits until it may go on.</summary>
    public async Task PauseAsync()
    {
        if (IsDead)
            throw new KilledException();    // nor does a dead one clear up
        _go = NewSignal();
        _stopped.TrySetResult();
        await _go.Task;
        if (IsDead)
            throw new KilledException();
    }

    public void Committing(bool before)
    {
        if (DiesBeforeCommit != before)
            return;
        IsDead = true;
        throw new KilledException();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class KilledException() : Exception("The process was killed here.");
}
