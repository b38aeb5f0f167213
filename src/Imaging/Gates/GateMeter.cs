using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>Measures prepared slices against one reference. Costs about as much as choosing the slice did.</summary>
public sealed class GateMeter(Reference reference)
{
    private const int MostLevels = 12;
    private const int LeastLevels = 5;

    /// <param name="prepared">A slice chosen out of a volume, or a single one.</param>
    /// <param name="head">The head of the slice that was prepared.</param>
    public GateFeatures Measure(PreparedSlice prepared, HeadSlice head) => new()
    {
        Histogram = GreyHistogram.Of(prepared.Input, prepared.Slice.ReferenceMask),
        Texture = Radiomics.Of(prepared.Input, prepared.Slice.ReferenceMask),
        Dice = prepared.Dice,
        NccInside = prepared.NccInside,
        Upright = Upright(prepared, head),
        CutOff = OnBorder(head.Mask),
        Volume = prepared.Choice is { Levels.Count: >= LeastLevels } choice ? Measure(choice) : null,
    };

    private VolumeFeatures Measure(SliceChoice choice)
    {
        var stack = new HeadStack(choice.Levels, choice.Index);
        return new()
        {
            Below = stack.Below,
            Top = stack.Top,
            Widening = stack.Widening,
            Jumps = stack.Jumps,
            Ghosts = reference.Profile.HasGhosts ? AirBesideHead.Ghosts(choice.Head) : 0,
            EnhancedMillilitres = reference.Profile.IsHounsfield ? EnhancedBlood.Millilitres(choice.Levels, choice.Index) : null,
        };
    }

    private double Upright(PreparedSlice prepared, HeadSlice head)
    {
        var heads = prepared.Choice?.Levels.Where(level => level.NccInside is not null).Select(level => level.Head).ToArray() ?? [head];
        var step = (heads.Length + MostLevels - 1) / MostLevels;
        var turned = heads.Where((_, i) => i % step == 0).Max(other => reference.Turned.RegisterCoarsely(other).NccInside);
        return (prepared.Choice?.Ncc ?? prepared.NccInside) - turned;
    }

    /// <summary>The length of the outline is taken from a circle of the same area.</summary>
    private static double OnBorder(Mask mask)
    {
        var count = 0;
        for (var x = 0; x < mask.Width; x++)
            count += (mask[x, 0] ? 1 : 0) + (mask[x, mask.Height - 1] ? 1 : 0);
        for (var y = 0; y < mask.Height; y++)
            count += (mask[0, y] ? 1 : 0) + (mask[mask.Width - 1, y] ? 1 : 0);
        return Math.Min(1, count / Math.Max(1, 2 * Math.Sqrt(Math.PI * mask.Area)));
    }
}
