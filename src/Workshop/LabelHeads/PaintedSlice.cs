using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;

namespace Gateway.Workshop.LabelHeads;

/// <summary>One axial slice of a painted head, 256 x 256 of 1 mm, x to the patient's left, y to the back.</summary>
internal sealed record PaintedSlice
{
    public const int Side = Reference.Side;

    /// <summary>Arbitrary units, white matter about 1.</summary>
    public required Image T2 { get; init; }

    /// <summary>HU.</summary>
    public required Image Ct { get; init; }

    /// <summary>The main tissue of each pixel.</summary>
    public required HeadTissue[] Tissues { get; init; }

    /// <summary>Code of the finding that covers at least three tenths of a pixel; 0 for none.</summary>
    public required byte[] Findings { get; init; }

    /// <summary>Skin and what lies within, air included.</summary>
    public required Mask Head { get; init; }

    /// <summary>Whether the label map ends within the head at this level.</summary>
    public required bool IsCutOff { get; init; }
}
