using System.Numerics;

namespace Gateway.Workshop.LabelHeads;

/// <summary>
/// Something that is not anatomy, in one label-map head. Positions are the <see cref="LabelHead"/>'s own voxels, before the pose and the
/// warp of a variant: x to the patient's left, y to the back, z to the head, 1 mm each. Findings are laid over the tissues in their order,
/// each by its share: value = (1 - share) x what lies there + share x its own.
/// </summary>
internal sealed record Finding
{
    public const float UsualCsf = 3;

    /// <summary>The grey of <c>NAME.finding.png</c>, from 1; the table of codes is that of the pathology.</summary>
    public required byte Code { get; init; }

    /// <summary>Its name in <c>pairs.json</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>0 (none) to 1 (nothing else) at a position, soft at the edge; asked only between <see cref="Low"/> and
    /// <see cref="High"/>, by several threads.</summary>
    public required Func<Vector3, float> Share { get; init; }

    /// <summary>Corner of the box outside which the share is 0.</summary>
    public required Vector3 Low { get; init; }

    /// <summary>The opposite corner.</summary>
    public required Vector3 High { get; init; }

    /// <summary>HU.</summary>
    public required float Hounsfield { get; init; }

    /// <summary>T2 signal, white matter = 1, CSF = <see cref="UsualCsf"/>; the look of a head may stretch it.</summary>
    public required float T2 { get; init; }

    /// <summary>Mass effect: the position in the healthy head whose tissue is seen at a position, for example
    /// <c>p => p - outward x push(distance)</c>; null for none. It moves tissues only, not findings, and is asked between
    /// <see cref="PullLow"/> and <see cref="PullHigh"/>.</summary>
    public Func<Vector3, Vector3>? Pull { get; init; }

    /// <summary>Corner of the box outside which <see cref="Pull"/> moves nothing.</summary>
    public Vector3 PullLow { get; init; }

    /// <summary>The opposite corner.</summary>
    public Vector3 PullHigh { get; init; }
}
