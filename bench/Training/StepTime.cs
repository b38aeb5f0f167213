using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using static TorchSharp.torch;

namespace Gateway.TrainingBench;

/// <summary>Where the time of a step on pairs goes, in processor time of this process, so that other work on the machine counts
/// little.</summary>
/// <param name="Milliseconds">By part, a value a round: all parts are done in turns.</param>
internal sealed record StepTime(IReadOnlyDictionary<string, IReadOnlyList<double>> Milliseconds)
{
    /// <param name="options">The recipe; one direction.</param>
    /// <param name="rounds">That count; one more warms up.</param>
    /// <param name="data">Pairs.</param>
    public static StepTime Of(TrainingOptions options, int rounds, TrainingData data)
    {
        set_num_threads(1);
        using var state = new TrainingState(options);
        using var chance = new StepRandom(1, 1, 1);
        using var scope = NewDisposeScope();
        var parts = StepParts.Of(state, data, chance);
        var times = parts.ToDictionary(part => part.Name, _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
            foreach (var (name, part) in parts)
            {
                var took = Time(part);
                if (round > 0)
                    times[name].Add(took);
            }
        return new(times.ToDictionary(part => part.Key, part => (IReadOnlyList<double>)part.Value));
    }

    /// <summary>The median of a part.</summary>
    public double this[string part] => Spread.Of(Milliseconds[part]).Median;

    /// <summary>One part over another: the median of the rounds' ratios.</summary>
    public double Over(string part, string other) =>
        Spread.Of(Milliseconds[part].Zip(Milliseconds[other], (a, b) => a / b)).Median;

    private static double Time(Action part)
    {
        using var scope = NewDisposeScope();
        var started = Environment.CpuUsage.TotalTime;
        part();
        return (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;
    }
}
