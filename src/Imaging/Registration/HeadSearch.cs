using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Finds how a head lies in a volume: the mean head is tried at every height of the volume, upright and nodding to either side, at 8 mm;
/// the best are improved there, and the best of these at 4 mm. Slices are taken as they are, so thick, uneven and few ones need nothing
/// else.
/// </summary>
public sealed class HeadSearch(MeanHead mean)
{
    private const double FineMm = 4;
    private const double CoarseMm = 8;
    private const double FineApartMm = 3;
    private const double CoarseApartMm = 6;
    private const double StepMm = 7;
    private const double NodDegrees = 20;
    private const int Tried = 6;

    /// <summary>Mean heads are alike left and right, so that a mirror is as good as a turn.</summary>
    private static readonly AffineTransform3D UpsideDown = AffineTransform3D.Identity with { Z = new(0, 0, -1) };
    private static readonly AffineTransform3D TurnedRound = AffineTransform3D.Identity with { Y = new(0, -1, 0) };

    /// <summary>The part of a head, from the reference's level, that shows where its middle lies in the plane.</summary>
    private const double BelowMm = 40;
    private const double AboveMm = 70;

    private readonly Vector3D _middle = Middle(mean.Coarse);

    /// <param name="heads">Heads of a volume's slices, from the feet; at least one is not empty.</param>
    /// <param name="up">The volume's normal, towards the top of the head.</param>
    public HeadPlace Find(IReadOnlyList<(HeadSlice Head, double Height)> heads, Vector3D up)
    {
        var points = HeadPoints.Of(heads, FineMm, FineApartMm);
        var coarse = new HeadFit(points.Halved(CoarseApartMm), mean.Coarse);
        var upright = Laid(AffineTransform3D.Identity);
        var (map, ncc) = new HeadFit(points, mean.Fine).Improve(upright.Map, iterations: 10);
        return new(map, ncc, () => Laid(UpsideDown).Ncc - upright.Ncc, () => Laid(TurnedRound).Ncc - upright.Ncc);

        (AffineTransform3D Map, double Ncc) Laid(AffineTransform3D how) => Best(coarse, Starts(points, up, how));
    }

    private static (AffineTransform3D Map, double Ncc) Best(HeadFit fit, IEnumerable<AffineTransform3D> starts) => starts
        .Select(start => (Start: start, Ncc: fit.Ncc(start)))
        .OrderByDescending(start => start.Ncc).Take(Tried)
        .Select(start => fit.Improve(start.Start, iterations: 12))
        .MaxBy(found => found.Ncc);

    /// <param name="points">Of the volume.</param>
    /// <param name="up">Its normal.</param>
    /// <param name="laid">How the head is expected to lie.</param>
    private IEnumerable<AffineTransform3D> Starts(HeadPoints points, Vector3D up, AffineTransform3D laid)
    {
        var (bottom, top) = (points.Sheets[0].Height - AboveMm, points.Sheets[^1].Height + BelowMm);
        for (var height = bottom; height <= top; height += StepMm)
        {
            if (Beside(points, height) is not { } beside)
                continue;
            var toLevel = Shift(-(beside + up * (height - up.Dot(beside))));
            for (var nod = -1; nod <= 1; nod++)
                yield return toLevel.Then(laid)
                    .Then(AffineTransform3D.Rotation(new(nod * NodDegrees * Math.PI / 180, 0, 0), default)).Then(Shift(_middle));
        }
    }

    /// <summary>Mean place of the tissue around a height; null where there is none.</summary>
    private static Vector3D? Beside(HeadPoints points, double height)
    {
        var near = points.Sheets.Where(sheet => sheet.Height >= height - BelowMm && sheet.Height <= height + AboveMm).ToArray();
        var weight = near.Sum(sheet => sheet.Weight);
        return weight == 0 ? null
            : near.Aggregate(default(Vector3D), (sum, sheet) => sum + sheet.Middle * (sheet.Weight / (double)weight));
    }

    /// <summary>In the plane of the level.</summary>
    private static Vector3D Middle(HeadGrid mean)
    {
        var (sum, weight) = (default(Vector3D), 0);
        for (var i = 0; i < mean.Values.Length; i++)
        {
            var at = mean.Origin + new Vector3D(i % mean.Width, i / mean.Width % mean.Height, i / mean.Width / mean.Height) * mean.Step;
            if (mean.Values[i] > 0.1f && at.Z >= -BelowMm && at.Z <= AboveMm)
                (sum, weight) = (sum + at, weight + 1);
        }
        return (sum / Math.Max(1, weight)) with { Z = 0 };
    }

    private static AffineTransform3D Shift(Vector3D by) => AffineTransform3D.Identity with { Origin = by };
}
