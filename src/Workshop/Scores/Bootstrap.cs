using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Scores;

/// <summary>95 % percentile intervals (Efron 1979) by drawing subjects, never single slices, with replacement: slices of one person are no
/// independent evidence. Same seed, same interval.</summary>
/// <param name="subjects">The subject of each slice.</param>
/// <param name="draws">At least 40.</param>
/// <param name="seed">Of the draws.</param>
public sealed class Bootstrap(IReadOnlyList<string> subjects, int draws, ulong seed)
{
    private readonly int[][] _groups =
        [.. subjects.Select((subject, slice) => (subject, slice)).GroupBy(pair => pair.subject, pair => pair.slice)
            .Select(group => group.ToArray())];

    public int Subjects => _groups.Length;

    /// <summary>The interval of a mean over slices.</summary>
    /// <param name="values">One a slice.</param>
    public (double Low, double High) OfMean(IReadOnlyList<double> values) => Of(weights => Mean(values, weights));

    /// <summary>The interval of any figure.</summary>
    /// <param name="figure">Takes how often each slice was drawn.</param>
    public (double Low, double High) Of(Func<int[], double> figure)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(seed ^ 0xB007));
        var found = new double[draws];
        for (var draw = 0; draw < draws; draw++)
            found[draw] = figure(Draw(random));
        Array.Sort(found);
        return (found[(int)(0.025 * (draws - 1))], found[(int)Math.Ceiling(0.975 * (draws - 1))]);
    }

    private int[] Draw(PhantomRandom random)
    {
        var weights = new int[subjects.Count];
        for (var i = 0; i < _groups.Length; i++)
            foreach (var slice in _groups[Math.Min(_groups.Length - 1, (int)random.Uniform(0, _groups.Length))])
                weights[slice]++;
        return weights;
    }

    private static double Mean(IReadOnlyList<double> values, int[] weights)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < weights.Length; i++)
            (sum, count) = (sum + weights[i] * values[i], count + weights[i]);
        return sum / count;
    }
}
