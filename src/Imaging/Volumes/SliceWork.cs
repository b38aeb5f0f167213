using System.Runtime.ExceptionServices;

namespace Gateway.Imaging.Volumes;

/// <summary>Work on slices on all cores.</summary>
public static class SliceWork
{
    /// <summary>Each slice is worked on alone, so that results do not depend on the number of cores; they come in order. What goes wrong
    /// with one slice is thrown as it is.</summary>
    public static TResult[] InParallel<T, TResult>(IEnumerable<T> slices, Func<T, TResult> work)
    {
        try
        {
            return [.. slices.AsParallel().AsOrdered().Select(work)];
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.OfType<VolumeException>().FirstOrDefault() ?? e.InnerExceptions[0]);
            throw;
        }
    }
}
