using System.Numerics;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.LabelHeads;

/// <summary>Pathology of label-map heads.</summary>
internal static class HeadIllness
{
    /// <summary>Furthest that CSF and vessels within the skull lie from the brain, mm: in the cisterns of an old head.</summary>
    private const float Near = 18;

    /// <param name="head">The healthy head.</param>
    /// <param name="options">Seed, shares, levels (voxels along z), masks.</param>
    public static IReadOnlyList<Finding> Draw(LabelHead head, PathologyOptions options) => Draw(AnatomyOf(head), options);

    /// <param name="anatomy">From <see cref="AnatomyOf"/>, which may serve many draws.</param>
    /// <param name="options">Seed, shares, levels (voxels along z), masks.</param>
    public static IReadOnlyList<Finding> Draw(Anatomy anatomy, PathologyOptions options)
    {
        var illness = Illness.Draw(anatomy, options);
        Finding[] findings = [.. illness.Findings.Select(Convert)];
        if (illness.MassEffect is { } effect && findings.Length > 0)
            findings[0] = findings[0] with
            {
                Pull = effect.Source,
                PullLow = Vector3.Zero,
                PullHigh = new(anatomy.Width - 1, anatomy.Height - 1, anatomy.Depth - 1),
            };
        return findings;
    }

    /// <summary>Vessels and fluid far from the brain are of the face and the neck.</summary>
    /// <exception cref="ArgumentException">The label map has no cerebrum.</exception>
    public static Anatomy AnatomyOf(LabelHead head)
    {
        var places = new Place[head.Tissues.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = PlaceOf(head.Tissues[i]);
        var anatomy = Anatomy.OfHead(places, head.Width, head.Height, head.Depth);
        var fromBrain = CoarseField.DistanceTo(anatomy, Places.IsBrain);
        for (var i = 0; i < places.Length; i++)
            if (places[i] is Place.Dura or Place.SurfaceCsf
                && fromBrain.At(anatomy.At(i % head.Width, i / head.Width % head.Height, i / head.Width / head.Height)) > Near)
                places[i] = Place.Scalp;
        return anatomy;
    }

    private static Finding Convert(FindingLayer layer)
    {
        var (start, size) = (layer.Mask.Start, layer.Mask.Size);
        return new()
        {
            Code = (byte)layer.Kind,
            Kind = layer.Kind.ToString(),
            Share = layer.Mask.At,
            Low = new(start.X - 1, start.Y - 1, start.Z - 1),
            High = new(start.X + size.X, start.Y + size.Y, start.Z + size.Z),
            Hounsfield = layer.Hounsfield,
            T2 = layer.T2At(Finding.UsualCsf),
        };
    }

    private static Place PlaceOf(HeadTissue tissue) => tissue switch
    {
        HeadTissue.Outside => Place.Outside,
        HeadTissue.Air => Place.AirCell,
        HeadTissue.WhiteMatter or HeadTissue.AgedWhite or HeadTissue.WhiteAtVentricle => Place.White,
        HeadTissue.Cortex or HeadTissue.CortexAtCsf => Place.Cortex,
        HeadTissue.Striatum or HeadTissue.Thalamus or HeadTissue.Limbic => Place.DeepGrey,
        HeadTissue.Pallidum => Place.Pallidum,
        HeadTissue.BrainStem => Place.Stem,
        HeadTissue.CerebellarWhite => Place.CerebellarWhite,
        HeadTissue.CerebellarCortex => Place.CerebellarCortex,
        HeadTissue.Ventricle or HeadTissue.Plexus => Place.Ventricle,
        HeadTissue.Csf or HeadTissue.CsfAtCortex or HeadTissue.CsfAtBone => Place.SurfaceCsf,
        HeadTissue.Vitreous or HeadTissue.Lens => Place.Eye,
        HeadTissue.CorticalBone or HeadTissue.Marrow => Place.Bone,
        HeadTissue.Vein or HeadTissue.Artery or HeadTissue.Dura => Place.Dura,
        _ => Place.Scalp,
    };
}
