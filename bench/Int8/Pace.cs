using Gateway.Imaging.Grids;
using Gateway.TranslationWorker;

namespace Gateway.Int8;

/// <summary>What both forms of a generator take a slice, in turns.</summary>
internal sealed record Pace(int Threads, IReadOnlyList<Took> Full, IReadOnlyList<Took> Coarse)
{
    private const int WarmUp = 3;

    /// <summary>How many times as fast the coarse form is, by the medians.</summary>
    public double Faster => Spread.Of(Full.Select(took => took.Wall)).Median / Spread.Of(Coarse.Select(took => took.Wall)).Median;

    public double FasterByProcessor =>
        Spread.Of(Full.Select(took => took.Processor)).Median / Spread.Of(Coarse.Select(took => took.Processor)).Median;

    /// <param name="full">The generator's file.</param>
    /// <param name="coarse">Its copy in 8 bits.</param>
    /// <param name="threads">Of one translation.</param>
    /// <param name="slices">256 x 256 in [-1, 1].</param>
    public static Pace Of(byte[] full, byte[] coarse, int threads, IReadOnlyList<Image> slices)
    {
        ModelOptions options = new() { Device = "cpu", Threads = threads };
        using var first = OnnxModel.Load(full, "float32", options);
        using var second = OnnxModel.Load(coarse, "int8", options);
        List<Took> ofFull = [], ofCoarse = [];
        for (var i = -WarmUp; i < slices.Count; i++)
        {
            var slice = slices[Math.Max(i, 0)];
            var (a, b) = i % 2 == 0 ? (Time(first), Time(second)) : Swap(Time(second), Time(first));
            if (i < 0)
                continue;
            ofFull.Add(a);
            ofCoarse.Add(b);

            Took Time(OnnxModel model) => Took.By(() => model.TranslateWide(slice.Pixels, slice.Width, slice.Height));
        }
        return new(threads, ofFull, ofCoarse);
    }

    private static (Took, Took) Swap(Took second, Took first) => (first, second);
}
