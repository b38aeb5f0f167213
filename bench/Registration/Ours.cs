using System.Diagnostics;

namespace Gateway.RegistrationBench;

/// <summary>Our registration as the product runs it, one thread.</summary>
internal sealed class Ours(string name, DeformableOptions options)
{
    private readonly List<StageTimes> _times = [];

    public string Name => name;

    public StageTimes Stages => new(
        Spread.Of(_times.Select(t => t.Linear)).Median, Spread.Of(_times.Select(t => t.Deformable)).Median,
        Spread.Of(_times.Select(t => t.Inverse)).Median);

    public FoundMap Register(Pair pair)
    {
        // A reference is prepared once and serves every slice.
        var (linear, deformable) = (new LinearRegistration(pair.Fixed, pair.Mask), new DeformableRegistration(pair.Fixed, options));
        var clock = Stopwatch.StartNew();
        var map = linear.Register(pair.Moving).ReferenceToSource;
        var linearly = clock.Elapsed.TotalSeconds;
        var field = deformable.Register(Resampler.Bilinear(pair.Moving.Normalised, map, Reference.Side, Reference.Side, outside: 0));
        var deformed = clock.Elapsed.TotalSeconds;
        var whole = new SliceMap(map, field);
        var seconds = clock.Elapsed.TotalSeconds;
        _times.Add(new(linearly, deformed - linearly, seconds - deformed));
        return new() { Forth = Displacements(whole.ToSource), Back = Displacements(whole.ToReference), Seconds = seconds };
    }

    private static DisplacementField2D Displacements(Func<double, double, (double X, double Y)> map)
    {
        var result = new DisplacementField2D(Reference.Side, Reference.Side);
        for (var i = 0; i < result.X.Length; i++)
        {
            var (x, y) = (i % Reference.Side, i / Reference.Side);
            var (px, py) = map(x, y);
            (result.X[i], result.Y[i]) = ((float)(px - x), (float)(py - y));
        }
        return result;
    }
}
