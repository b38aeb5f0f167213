using System.Numerics;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Pathology of one slice of the phantom.</summary>
internal static class PhantomIllness
{
    // The cerebrum in the phantom's coordinates: from its floor to the vertex, within the cavity.
    private const float Floor = -38;
    private const float Within = 0.96f;

    /// <summary>Draws into a slice of the healthy head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="slice">Its slice.</param>
    /// <param name="level">z of the slice's middle, mm.</param>
    /// <param name="options">Levels are those of the slice.</param>
    public static Illness Draw(HeadPhantom head, PhantomSlice slice, float level, PathologyOptions options) =>
        Illness.Draw(AnatomyOf(head, slice, level), options with { Levels = (level - 1, level + 1) });

    /// <summary>The illness as the renderer takes it.</summary>
    public static SliceOverlay OverlayOf(Illness illness, PhantomSlice slice, float level)
    {
        var (width, height) = (slice.Plane.Width, slice.Plane.Height);
        return new()
        {
            Pull = illness.MassEffect is { } effect ? [.. Pixels().Select(at => effect.Source(at) - at)] : null,
            Layers = [.. illness.Findings.Select(layer => new OverlayLayer(
                [.. Enumerable.Range(0, width * height).Select(i => layer.Mask[i % width, i / width, 0])],
                layer.Hounsfield, layer.T2, FindingLayer.UsualCsf))],
        };

        IEnumerable<Vector3> Pixels() => Enumerable.Range(0, width * height)
            .Select(i => Start(slice, level) + new Vector3(i % width, i / width, 0) * slice.Plane.Spacing);
    }

    private static Anatomy AnatomyOf(HeadPhantom head, PhantomSlice slice, float level)
    {
        var plane = slice.Plane;
        var places = new Place[slice.Labels.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = PlaceOf(head, plane.At(i % plane.Width, i / plane.Width), slice.Labels[i], slice.Head[i]);
        var half = head.HalfAxes;
        return new()
        {
            Voxels = places,
            Width = plane.Width,
            Height = plane.Height,
            Depth = 1,
            Spacing = new(plane.Spacing),
            Origin = Start(slice, level),
            Centre = new(0, 0, (half.Z + Floor) / 2),
            Half = new(Within * half.X, Within * half.Y, (half.Z - Floor) / 2),
        };
    }

    /// <summary>The first pixel in the slice's own axes, where its middle is (0, 0, level).</summary>
    private static Vector3 Start(PhantomSlice slice, float level) => new(
        -(slice.Plane.Width - 1) * slice.Plane.Spacing / 2, -(slice.Plane.Height - 1) * slice.Plane.Spacing / 2, level);

    private static Place PlaceOf(HeadPhantom head, Vector3 point, Tissue tissue, bool inside) => tissue switch
    {
        _ when !inside => Place.Outside,
        Tissue.Air => Place.AirCell,
        Tissue.CorticalBone or Tissue.Diploe => Place.Bone,
        Tissue.Csf => head.PartAt(point) == BrainPart.Ventricle ? Place.Ventricle : Place.SurfaceCsf,
        Tissue.GreyMatter => head.PartAt(point) == BrainPart.Cerebellum ? Place.CerebellarCortex : Place.Cortex,
        Tissue.WhiteMatter => head.PartAt(point) switch
        {
            BrainPart.Cerebellum => Place.CerebellarWhite,
            BrainPart.Stem => Place.Stem,
            _ => Place.White,
        },
        Tissue.DeepGrey => Place.DeepGrey,
        Tissue.Pallidum => Place.Pallidum,
        Tissue.Dura or Tissue.Blood or Tissue.Calcification => Place.Dura,
        Tissue.Vitreous or Tissue.Lens => Place.Eye,
        _ => Place.Scalp,
    };
}
