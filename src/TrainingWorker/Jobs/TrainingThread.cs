using System.Runtime.InteropServices;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Work for minutes and hours that gives way to everything else on the machine, translations in this process too.</summary>
internal static partial class TrainingThread
{
    private const int ThisThread = 0;    // PRIO_PROCESS of id 0: on Linux a thread's own
    private const int Nice = 10;

    /// <summary>Runs it on a thread of its own. Threads that it starts, torch's too, are as low as itself.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run) { IsBackground = true, Name = "training" }.Start();
        return done.Task;

        void Run()
        {
            try
            {
                // A thread that was lowered may not rise again; so it is not one of the pool.
                if (OperatingSystem.IsLinux())
                    _ = SetPriority(ThisThread, 0, Nice);
                done.SetResult(work());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
