using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>One head in one pose and look, scanned by slices of one thickness; the slice near the reference's level is
/// registered.</summary>
internal sealed class HeadVariant
{
    private readonly HeadPainter _painter;
    private readonly HeadPose _pose;
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
        _pose = new(frame, random);
        _painter = new(head, _pose, new(random), findings, random.Next());
        _chosen = Preprocessor.Prepare(Head(Paint(Level)), 0, reference, window);
    }

    /// <summary>mm.</summary>
    public float Thickness { get; }

    /// <summary>Of the slice that was registered, mm above the reference's level: the choice of a slice errs by some millimetres.</summary>
    public float Level { get; }

    /// <summary>Whether the gate of the registration let it through.</summary>
    public bool IsRegistered => _chosen.Reasons.Count == 0;

    /// <summary>A level between the ends of one of the findings, of an illness if there is one; null if there are none.</summary>
    public float? LevelOfFinding(PhantomRandom random)
    {
        if (_findings.Count == 0)
            return null;
        var ill = _findings.Where(f => f.Code is not ((byte)FindingKind.Calcification or (byte)FindingKind.OpacifiedSinus)).ToArray();
        var finding = ill.Length > 0 ? ill[(int)(random.Next() % (ulong)ill.Length)] : _findings[0];
        var (low, high) = (_pose.LevelOf(finding.Low), _pose.LevelOf(finding.High));
        return random.Uniform(Math.Min(low, high), Math.Max(low, high));
    }

    public PaintedSlice Paint(float level) => _painter.Paint(level, Thickness);

    /// <summary>A slice in the generator's frame; null if the gateway would find no head in it.</summary>
    public PlacedSlice? Place(PaintedSlice slice)
    {
        var head = Head(slice);
        return head.Mask.Area == 0 ? null : new(slice, head.Mask, _chosen.Slice.Map.Linear, _chosen.Slice.Range);
    }

    /// <summary>Names of the findings whose codes are in a picture.</summary>
    public IReadOnlyList<string> Kinds(Image codes) =>
        [.. _findings.Where(finding => codes.Pixels.Contains(finding.Code)).Select(finding => finding.Kind).Distinct()];

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
