using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Pathology of a real T2 slice and of the CT that rules make of it.</summary>
internal static class PseudoIllness
{
    /// <summary>z of the reference's level in the standard brain, mm.</summary>
    private const float ReferenceLevel = 7;

    // The cerebrum in the standard brain, mm: middle and half of its height.
    private const float Middle = 17;
    private const float HalfHeight = 63;

    /// <summary>Depth under the brain's surface from which CSF is a ventricle's, and reach of the ventricles to the side; mm.</summary>
    private const float VentricleDepth = 17;
    private const float VentricleReach = 36;

    /// <summary>Share of the picture's own grain that a finding keeps.</summary>
    private const float Grain = 0.7f;

    /// <summary>Parts of the slice by rules, as the CT is made by rules.</summary>
    /// <param name="slice">T2 with its rule-made CT.</param>
    /// <param name="level">Above the reference's level, mm.</param>
    /// <exception cref="ArgumentException">The slice has no brain.</exception>
    public static Anatomy AnatomyOf(PseudoSlice slice, float level)
    {
        var (side, brain) = (slice.Grey.Width, slice.Brain);
        int[] inside = [.. Enumerable.Range(0, brain.Pixels.Length).Where(i => brain.Pixels[i])];
        if (inside.Length == 0)
            throw new ArgumentException("The slice has no brain.", nameof(slice));
        var (left, right) = (inside.Min(i => i % side), inside.Max(i => i % side));
        var (top, bottom) = (inside.Min(i => i / side), inside.Max(i => i / side));
        // The brain's section shrinks above and below its middle as that of an ellipsoid does.
        var height = (ReferenceLevel + level - Middle) / HalfHeight;
        var share = MathF.Sqrt(Math.Max(0.1f, 1 - height * height));
        var anatomy = new Anatomy
        {
            Voxels = new Place[brain.Pixels.Length],
            Width = side,
            Height = slice.Grey.Height,
            Depth = 1,
            Spacing = Vector3.One,
            Origin = new(0, 0, level),
            Centre = new((left + right) / 2f, (top + bottom) / 2f, Middle - ReferenceLevel),
            Half = new((right - left) / 2f / share, (bottom - top) / 2f / share, HalfHeight),
        };
        var (depth, smooth) = (Depth(brain), GaussianFilter.Apply(slice.Grey, 0.7, 0.7));
        for (var i = 0; i < anatomy.Voxels.Length; i++)
            anatomy.Voxels[i] = !slice.Head.Pixels[i] ? Place.Outside
                : slice.Skull.Pixels[i] ? Place.Bone
                : !brain.Pixels[i] ? Place.Scalp
                : PlaceOf(slice, smooth.Pixels[i], depth.Pixels[i], anatomy.ToStandard(anatomy.At(i % side, i / side, 0)));
        return anatomy;
    }

    /// <summary>Lays an illness over both pictures: first the mass moves them, then the findings cover them.</summary>
    public static PseudoSlice Lay(PseudoSlice slice, Illness illness)
    {
        var (grey, hounsfield) = (Moved(slice.Grey, illness.MassEffect), Moved(slice.Hounsfield, illness.MassEffect));
        var (smooth, csf) = (GaussianFilter.Apply(grey, 1.5, 1.5), slice.Csf / slice.White);
        var grain = new Image(grey.Width, grey.Height, [.. grey.Pixels.Zip(smooth.Pixels, (value, mean) => Grain * (value - mean))]);
        foreach (var layer in illness.Findings)
        {
            var shares = Shares(layer, slice);
            for (var i = 0; i < grey.Pixels.Length; i++)
            {
                var share = shares.Pixels[i];
                if (share <= 0)
                    continue;
                grey.Pixels[i] += share * (Math.Clamp(layer.T2At(csf) * slice.White + grain.Pixels[i], 0, 1) - grey.Pixels[i]);
                hounsfield.Pixels[i] += share * (layer.Hounsfield - hounsfield.Pixels[i]);
            }
        }
        foreach (var layer in illness.Findings.Where(layer => layer.T2 > 1.3f))
            CloseSeams(grey, layer, slice, illness);
        return slice with { Grey = grey, Hounsfield = hounsfield };
    }

    /// <summary>The layer as the scanner's point spread shows it; within brain and bone.</summary>
    private static Image Shares(FindingLayer layer, PseudoSlice slice)
    {
        var shares = new Image(slice.Grey.Width, slice.Grey.Height);
        for (var i = 0; i < shares.Pixels.Length; i++)
            shares.Pixels[i] = layer.Mask[i % shares.Width, i / shares.Width, 0];
        var blurred = GaussianFilter.Apply(shares, 0.6, 0.6);
        for (var i = 0; i < shares.Pixels.Length; i++)
            blurred.Pixels[i] = shares.Pixels[i] > 0 || slice.Brain.Pixels[i] ? blurred.Pixels[i] : 0;
        return blurred;
    }

    /// <summary>What is bright in white matter alone leaves no dark seam where white matter passes into grey.</summary>
    private static void CloseSeams(Image grey, FindingLayer layer, PseudoSlice slice, Illness illness)
    {
        var (mask, side) = (layer.Mask, grey.Width);
        var value = Math.Min(layer.T2At(slice.Csf / slice.White) * slice.White, slice.GreyMatter);
        for (var y = Math.Max(1, mask.Start.Y - 1); y < Math.Min(grey.Height - 1, mask.Start.Y + mask.Size.Y + 1); y++)
            for (var x = Math.Max(1, mask.Start.X - 1); x < Math.Min(side - 1, mask.Start.X + mask.Size.X + 1); x++)
            {
                var beside = 0f;
                for (var i = 0; i < 9; i++)
                    beside = Math.Max(beside, mask[x + i % 3 - 1, y + i / 3 - 1, 0]);
                var share = beside - mask[x, y, 0];
                if (share > 0 && slice.Brain[x, y] && grey[x, y] < value && illness.KindAt(x, y, 0) == FindingKind.None)
                    grey[x, y] += share * (value - grey[x, y]);
            }
    }

    private static Image Moved(Image image, MassEffect? effect)
    {
        if (effect is null)
            return image.Map(value => value);
        return Resampler.Cubic(image, AffineTransform2D.Identity, Source, image.Width, image.Height, image[0, 0]);

        (double X, double Y) Source(double x, double y)
        {
            var from = effect.Source(new((float)x, (float)y, effect.Level));
            return (from.X, from.Y);
        }
    }

    private static Place PlaceOf(PseudoSlice slice, float grey, float depth, Vector3 standard)
    {
        var side = Math.Abs(standard.X);
        if (grey > slice.LeastCsf)
            return depth > VentricleDepth && side < VentricleReach ? Place.Ventricle : Place.SurfaceCsf;
        if (Within(side - 19, standard.Y + 4, standard.Z, new(4, 8, 7)))
            return Place.Pallidum;
        if (Within(side - 11, standard.Y + 18, standard.Z - 7, new(9, 14, 9))
            || Within(side - 27, standard.Y - 2, standard.Z - 2, new(6, 16, 11))
            || Within(side - 13, standard.Y - 14, standard.Z - 8, new(6, 12, 12)))
            return Place.DeepGrey;
        return grey > (slice.White + slice.GreyMatter) / 2 ? Place.Cortex : Place.White;
    }

    private static bool Within(float x, float y, float z, Vector3 radii) => (new Vector3(x, y, z) / radii).LengthSquared() < 1;

    /// <summary>Depth of each pixel under the surface of a mask, mm, in steps of 3.</summary>
    private static Image Depth(Mask mask)
    {
        var depth = new Image(mask.Width, mask.Height);
        for (var (inner, step) = (Morphology.Erode(mask, 3), 3f); step <= 24; inner = Morphology.Erode(inner, 3), step += 3)
            for (var i = 0; i < inner.Pixels.Length; i++)
                depth.Pixels[i] = inner.Pixels[i] ? step : depth.Pixels[i];
        return depth;
    }
}
