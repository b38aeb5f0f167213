using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>
/// The slices of a volume that lie over the brain, from the feet, all in one pose: the linear map of the chosen slice, carried straight
/// along the stack's normal, and its grey range. Registered and scaled one by one, neighbours would jump against each other, and
/// slices far from the reference's level have nothing in it to be registered to. No deformation: it would press other levels into
/// the shape of the reference's.
/// </summary>
public static class BrainStack
{
    /// <summary>To below the foramen magnum; slices of the neck are left out. Millimetres of the reference, as the next.</summary>
    private const double BelowMm = 80;

    /// <summary>To above the vertex.</summary>
    private const double AboveMm = 100;

    /// <summary>Every slice from 80 mm below the chosen one to 100 mm above it, on the reference's scale; gap-free, slices of air included.</summary>
    /// <param name="chosen">Chosen out of the volume.</param>
    /// <param name="reference">It is registered to this.</param>
    /// <param name="window">CT numbers the model was trained with; not used for T2.</param>
    /// <exception cref="ArgumentException">The slice was not chosen out of a volume.</exception>
    public static IReadOnlyList<StackSlice> Of(PreparedSlice chosen, Reference reference, HuWindow window)
    {
        var choice = chosen.Choice ?? throw new ArgumentException("The slice was not chosen out of a volume.", nameof(chosen));
        var ct = chosen.Modality == Modality.Ct;
        var (range, shape) = ct ? (window, reference.Mask) : (new HuWindow(choice.Head.Low, choice.Head.High), null);
        var (level, scale) = (choice.Levels.Single(l => l.Index == choice.Index).Height, Scale(chosen));
        return
        [
            .. from other in choice.Levels
               where other.Height - level >= -BelowMm * scale && other.Height - level <= AboveMm * scale
               select new StackSlice(other.Head, Carried(chosen, other.Head.Slice), range, shape),
        ];
    }

    /// <summary>The patient's millimetres for one of the reference's.</summary>
    private static double Scale(PreparedSlice chosen) =>
        chosen.Map.Linear.Scale * Math.Sqrt(chosen.Source.RowSpacing * chosen.Source.ColumnSpacing);

    /// <summary>Slices may be shifted in their plane against each other: a tilted gantry's are.</summary>
    private static AffineTransform2D Carried(PreparedSlice chosen, VolumeSlice slice)
    {
        var shift = chosen.Source.Position - slice.Position;
        return chosen.Map.Linear.Then(AffineTransform2D.Translation(
            shift.Dot(slice.RowDirection) / slice.ColumnSpacing, shift.Dot(slice.ColumnDirection) / slice.RowSpacing));
    }
}
