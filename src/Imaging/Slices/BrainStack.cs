using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>
/// The slices of a volume that lie over the brain, from the feet, all in one pose. Each takes the linear map of the chosen slice, carried
/// straight along the stack's normal, and its grey range. If slices were registered and scaled one by one, neighbours would jump against
/// each other, and slices far from the reference's level have nothing in it to be registered to. There is no deformation: it would press
/// other levels into the shape of the reference's.
/// </summary>
public static class BrainStack
{
    /// <summary>Millimetres of the reference down to below the foramen magnum; slices of the neck are left out.</summary>
    private const double BelowMm = 80;

    /// <summary>Millimetres of the reference up to above the vertex.</summary>
    private const double AboveMm = 100;

    /// <summary>Every slice from 80 mm below the chosen one to 100 mm above it, on the reference's scale; gap-free,
    /// slices of air included.</summary>
    /// <param name="chosen">A slice that was chosen out of a volume.</param>
    /// <exception cref="ArgumentException">The slice was not chosen out of a volume.</exception>
    public static IReadOnlyList<MappedSlice> Of(PreparedSlice chosen)
    {
        var choice = chosen.Choice ?? throw new ArgumentException("The slice was not chosen out of a volume.", nameof(chosen));
        var (level, scale) = (choice.Levels.Single(l => l.Index == choice.Index).Height, Scale(chosen.Slice));
        var near = Enumerable.Range(0, choice.Volume.Count)
            .Where(i => choice.Volume.Height(i) - level >= -BelowMm * scale && choice.Volume.Height(i) - level <= AboveMm * scale);
        return [.. SliceWork.InParallel(near, Mapped).OfType<MappedSlice>()];

        MappedSlice? Mapped(int index) => index == choice.Index && chosen.Slice.Map.Field is null ? chosen.Slice
            : choice.HeadOf(index) is { } head ? chosen.Slice.Neighbour(head, new(Carried(chosen.Slice, head.Slice)))
            : null;
    }

    /// <summary>The chosen slice and up to <paramref name="reach"/> on each side, from the feet, all in its pose and on its grey scale, its
    /// deformation included; less where the volume ends.</summary>
    /// <param name="chosen">A slice that was chosen out of a volume.</param>
    /// <param name="reach">So many below and above.</param>
    /// <exception cref="ArgumentException">The slice was not chosen out of a volume.</exception>
    public static (IReadOnlyList<MappedSlice> Slices, int Centre) Beside(PreparedSlice chosen, int reach)
    {
        var choice = chosen.Choice ?? throw new ArgumentException("The slice was not chosen out of a volume.", nameof(chosen));
        var below = Enumerable.Range(1, Math.Min(reach, choice.Index)).Select(step => Mapped(choice.Index - step))
            .TakeWhile(slice => slice is not null).Reverse().ToList();
        var above = Enumerable.Range(1, Math.Min(reach, choice.Volume.Count - 1 - choice.Index)).Select(step => Mapped(choice.Index + step))
            .TakeWhile(slice => slice is not null);
        return ([.. below.OfType<MappedSlice>(), chosen.Slice, .. above.OfType<MappedSlice>()], below.Count);

        MappedSlice? Mapped(int index) => choice.HeadOf(index) is { } head
            ? chosen.Slice.Neighbour(head, new(Carried(chosen.Slice, head.Slice), chosen.Slice.Map.Field))
            : null;
    }

    /// <summary>The patient's millimetres for one millimetre of the reference.</summary>
    private static double Scale(MappedSlice chosen) =>
        chosen.Map.Linear.Scale * Math.Sqrt(chosen.Source.RowSpacing * chosen.Source.ColumnSpacing);

    /// <summary>Slices may be shifted against each other in their plane, as those of a tilted gantry are.</summary>
    private static AffineTransform2D Carried(MappedSlice chosen, VolumeSlice slice)
    {
        var shift = chosen.Source.Position - slice.Position;
        return chosen.Map.Linear.Then(AffineTransform2D.Translation(
            shift.Dot(slice.RowDirection) / slice.ColumnSpacing, shift.Dot(slice.ColumnDirection) / slice.RowSpacing));
    }
}
