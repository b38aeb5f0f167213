using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>How long the front door waits for a database that hangs: a sender is told so, and a thread that SQLite waits in is not the
/// sender's.</summary>
internal sealed class DatabasePatience(IOptions<DicomListenerOptions> options, TimeProvider time)
{
    /// <summary>By then a sender has its answer, but for the time that it takes to write down why.</summary>
    public TimeSpan Limit => options.Value.DatabaseTimeout;

    /// <summary>The work goes on when it is not waited for any more.</summary>
    /// <exception cref="DatabaseHangsException">The database does not answer.</exception>
    public async Task<T> WaitAsync<T>(Func<Task<T>> work)
    {
        var working = Task.Run(work);
        try
        {
            return await working.WaitAsync(Limit, time);
        }
        catch (TimeoutException) when (!working.IsCompleted)
        {
            throw new DatabaseHangsException();
        }
    }

    /// <inheritdoc cref="WaitAsync{T}(Func{Task{T}})"/>
    public Task WaitAsync(Func<Task> work) => WaitAsync(async () =>
    {
        await work();
        return true;
    });
}
