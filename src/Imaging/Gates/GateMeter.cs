using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>Measures prepared slices against one reference.</summary>
public sealed class GateMeter(Reference reference)
{
    private const int LeastLevels = 5;
    private static readonly double[] AroundMm = [-8, 0, 8];

    /// <param name="prepared">A slice chosen out of a volume, or a single one.</param>
    public GateFeatures Measure(PreparedSlice prepared) => new()
    {
        Histogram = GreyHistogram.Of(prepared.Input, prepared.Slice.ReferenceMask),
        Texture = Radiomics.Of(prepared.Input, prepared.Slice.ReferenceMask),
        Dice = prepared.Dice,
        NccInside = prepared.NccInside,
        Volume = prepared.Choice is { Levels.Count: >= LeastLevels } choice ? Measure(choice) : null,
    };

    private VolumeFeatures Measure(SliceChoice choice)
    {
        var (place, up) = (choice.Place, choice.Volume.Up);
        var stack = place is null ? null : new HeadStack(choice.Levels, place, up);
        return new()
        {
            Fit = place?.Ncc,
            UpsideDown = place?.UpsideDown,
            TurnedRound = place?.TurnedRound + TurnedPattern(choice),
            Tilt = place?.Tilt(up),
            Below = stack?.Below,
            Above = stack?.Above,
            Missing = place is null ? null : MissingHead.Share(reference.Head!, place, choice.Levels, up),
            Jumps = stack?.Jumps,
            Ghosts = reference.Profile.HasGhosts ? AirBesideHead.Ghosts(choice.Head) : 0,
            EnhancedMillilitres = reference.Profile.IsHounsfield ? EnhancedBlood.Millilitres(choice.Levels, choice.Index) : null,
        };
    }

    /// <summary>NCC of the brain's pattern with the reference turned front to back, less that with the upright one; of each the best of
    /// a few slices around the chosen one, since heads nod.</summary>
    private double TurnedPattern(SliceChoice choice)
    {
        var level = choice.Volume.Height(choice.Index);
        var heads = AroundMm.Select(mm => choice.Levels.MinBy(other => Math.Abs(other.Height - level - mm))!.Head)
            .Where(head => head.Area > 0).Distinct().ToArray();
        return heads.Max(head => reference.Turned.RegisterCoarsely(head).NccInside)
            - heads.Max(head => reference.Registration.RegisterCoarsely(head).NccInside);
    }
}
