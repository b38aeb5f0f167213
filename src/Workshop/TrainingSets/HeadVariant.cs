using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>One head in one pose and look, scanned by slices of one thickness; the slice near the reference's level is
/// registered.</summary>
internal sealed class HeadVariant
{
    private readonly HeadPainter _painter;
    private readonly IReadOnlyList<Finding> _findings;
    private readonly Reference _reference;
    private readonly PreparedSlice _chosen;

    /// <param name="head">Tissues.</param>
    /// <param name="frame">Its axes.</param>
    /// <param name="random">The variant's stream.</param>
    /// <param name="reference">T2.</param>
    /// <param name="window">HU that a CT picture shows.</param>
    /// <param name="findings">In the head.</param>
    public HeadVariant(
        LabelHead head, HeadFrame frame, PhantomRandom random, Reference reference, GreyRange window, IReadOnlyList<Finding> findings)
    {
        (_reference, _findings) = (reference, findings);
        Thickness = random.Uniform(1, 6);
        Level = Math.Clamp(random.Normal(0, 3), -8, 8);
        _painter = new(head, new(frame, random), new(random), findings, random.Next());
        _chosen = Preprocessor.Prepare(Head(Paint(Level)), 0, reference, window);
    }

    /// <summary>mm.</summary>
    public float Thickness { get; }

    /// <summary>Of the slice that was registered, mm above the reference's level: the choice of a slice errs by some millimetres.</summary>
    public float Level { get; }

    /// <summary>Whether the gate of the registration let it through.</summary>
    public bool IsRegistered => _chosen.Reasons.Count == 0;

    public PaintedSlice Paint(float level) => _painter.Paint(level, Thickness);

    /// <summary>A slice in the generator's frame; null if the gateway would find no head in it.</summary>
    public PlacedSlice? Place(PaintedSlice slice)
    {
        var head = Head(slice);
        return head.Mask.Area == 0 ? null : new(slice, head.Mask, _chosen.Slice.Map.Linear, _chosen.Slice.Range);
    }

    /// <summary>Names of the findings whose codes are in a slice.</summary>
    public IReadOnlyList<string> Kinds(byte[] codes) =>
        [.. _findings.Where(finding => codes.Contains(finding.Code)).Select(finding => finding.Kind).Distinct()];

    private HeadSlice Head(PaintedSlice slice) => new(
        new VolumeSlice
        {
            Image = slice.T2,
            Position = default,
            RowDirection = new(1, 0, 0),
            ColumnDirection = new(0, 1, 0),
            RowSpacing = 1,
            ColumnSpacing = 1,
        },
        _reference.Profile, _reference.Window);
}
