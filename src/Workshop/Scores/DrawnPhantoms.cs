using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Scores;

/// <summary>Phantom pairs that are drawn when they are needed, for judging models.</summary>
public static class DrawnPhantoms
{
    /// <summary>Seeds from here on are for judging; nothing may be trained on them.</summary>
    public const ulong FirstSeed = 1UL << 63;

    /// <param name="pair">Either direction of the pair.</param>
    /// <param name="window">The HU that -1 and 1 of the CT pictures stand for.</param>
    /// <param name="count">At least 1.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancel">Between two phantoms.</param>
    /// <returns>Null where phantoms are not drawn in these modalities. The means are their own, which favours the baseline.</returns>
    public static HeldOutSet? Draw(Direction pair, GreyRange window, int count, int threads, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pair);
        Modality[] drawn = [ShippedModalities.T2.Modality, ShippedModalities.Ct.Modality];
        if (!drawn.Contains(pair.From) || !drawn.Contains(pair.To))
            return null;
        var slices = new PhantomSlice[count];
        Parallel.For(
            0, count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            i => slices[i] = PhantomTrainingSet.Slice(FirstSeed + (ulong)i));
        return HeldOutSet.OfPairs("phantoms", [.. slices.Select((slice, i) => Pair($"phantom {i + 1}", slice, window))], pair, window);
    }

    private static HeldOutPair Pair(string name, PhantomSlice slice, GreyRange window)
    {
        var (t2, ct) = (Prepared(slice.T2Picture()), Prepared(slice.CtPicture(window.Low, window.High)));
        return new()
        {
            Name = name,
            Subject = name,
            Pictures = new Dictionary<Modality, Image> { [ShippedModalities.T2.Modality] = t2, [ShippedModalities.Ct.Modality] = ct },
            Wide = new Mask(Reference.Side, Reference.Side, slice.Head)
                .Apply(new(Reference.Side, Reference.Side, slice.Ct), ShippedModalities.Ct.Air),
            Findings = new byte[ct.Pixels.Length],
            Brain = BrainMask.OfCt(ct, window),
        };

        static Image Prepared(Image picture) => picture.Map(grey => MathF.Round(grey) / 127.5f - 1);
    }
}
