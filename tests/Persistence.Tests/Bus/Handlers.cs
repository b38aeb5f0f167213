using Gateway.Contracts;
using Gateway.Hosting;

namespace Gateway.Persistence.Tests;

/// <summary>What a test does in the middle of a handler.</summary>
internal sealed class Script
{
    private int _calls;

    public int Calls => _calls;
    public Func<CancellationToken, Task> Act { get; init; } = _ => Task.CompletedTask;

    public Task RunAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref _calls);
        return Act(cancel);
    }
}

/// <summary>Records a study and asks for a translation, in one commit.</summary>
internal sealed class RecordStudyHandler(Script script) : IHandler<StudyReceived>
{
    public async Task HandleAsync(StudyReceived message, GatewayDbContext db, CancellationToken cancel)
    {
        await script.RunAsync(cancel);
        db.Refusals.Add(Record.Of($"study {message.Revision:0000}"));
        db.Enqueue(new TranslateSeries { SeriesId = message.StudyId, Revision = message.Revision }, TimeProvider.System);
    }
}

/// <summary>Records the translation asked for.</summary>
internal sealed class RecordSeriesHandler : IHandler<TranslateSeries>
{
    public Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        db.Refusals.Add(Record.Of($"series {message.Revision:0000}"));
        return Task.CompletedTask;
    }
}

internal static class Record
{
    public static Refusal Of(string text) => new()
    {
        Id = Rows.NewId(),
        At = TimeProvider.System.GetUtcNow(),
        CallingAe = "A",
        CalledAe = "B",
        RemoteAddress = "127.0.0.1",
        Code = "test",
        Text = text,
    };
}
