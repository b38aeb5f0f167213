using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>What a prepared slice is told by: in its archive sample, and as an observation of the live flow, so that both can be
/// compared.</summary>
/// <param name="Vendor">Who made the scanner.</param>
/// <param name="Measures">By <see cref="MeasureName"/>.</param>
public sealed record SliceFigures(ScannerVendor Vendor, IReadOnlyDictionary<string, double> Measures)
{
    /// <returns>Null for a synthetic slice, which says nothing of a scanner.</returns>
    /// <param name="prepared">The slice.</param>
    /// <param name="cycle">The slice after translation there and back; null where it was not translated back.</param>
    /// <param name="verdict">The out-of-distribution gate's.</param>
    public static SliceFigures? Of(PreparedSlice prepared, float[]? cycle, GateVerdict verdict)
    {
        var header = prepared.Slice.Source.Header;
        if (header is not null && LoopGuard.IsSynthetic(header))
            return null;
        var measures = new Dictionary<string, double>
        {
            [MeasureName.NccBefore] = Math.Round(prepared.NccBefore, 4),
            [MeasureName.NccAfter] = Math.Round(prepared.NccAfter, 4),
            [MeasureName.GateScore] = Math.Round(verdict.Score, 2),
        };
        if (prepared.Slice.ReferenceMask is var mask && mask.Area > 0)
        {
            foreach (var (name, grey) in Greys(prepared.Input, mask))
                measures[name] = grey;
            if (cycle is not null)
                measures[MeasureName.CycleError] = Math.Round(CycleError.Mean(prepared.Input, cycle, mask), 5);
        }
        return new(ScannerVendors.Of(header), measures);
    }

    /// <summary>In the generator's range: a gain that its grey range takes out is no drift to it.</summary>
    private static IEnumerable<(string Name, double Grey)> Greys(float[] input, Mask mask)
    {
        var inside = Percentiles.Of(
            input.Where((_, i) => mask.Pixels[i]), [.. MeasureName.GreyPercents.Select(percent => percent / 100.0)]);
        return MeasureName.GreyPercents.Zip(inside, (percent, grey) => (MeasureName.GreyOf(percent), Math.Round(grey, 4)));
    }
}
