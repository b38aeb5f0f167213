using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Scores;

/// <summary>Bone and air of a made CT beside the true one.</summary>
/// <param name="window">The HU that -1 and 1 of both pictures stand for.</param>
internal sealed class BoneScores(GreyRange window)
{
    private const float LeastHu = 100;
    private const float MostAirHu = -200;
    private const int LeastPixels = 30;

    /// <summary>A picture that ends at 100 HU, and is 8 bits deep and interpolated, shows bone a little below its end.</summary>
    private const float NearTheTop = 0.95f;

    /// <param name="made">By the generator.</param>
    /// <param name="truth">The true picture, [-1, 1].</param>
    /// <param name="wide">The true HU; null where only the picture is known.</param>
    /// <param name="head">Where to look.</param>
    /// <returns>Null each where the truth has hardly any, or the pictures do not show it.</returns>
    public (double? Dice, double? Error, double? Air) Of(MadePicture made, Image truth, Image? wide, Mask head)
    {
        var (known, found) = (Bone(truth, wide).And(head), Bone(made.Picture, made.Wide).And(head));
        var enough = known.Area >= LeastPixels;
        return (
            enough ? ImageMetrics.Dice(known, found) : null,
            enough && wide is not null ? ImageMetrics.Mae(made.Wide ?? made.Picture.Map(window.FromUnit), wide, known) : null,
            wide is not null && made.Wide is not null ? Air(made.Wide, wide, head) : null);
    }

    private Mask Bone(Image picture, Image? wide)
    {
        var least = Math.Min(window.ToUnit(LeastHu), NearTheTop);
        return wide is null ? Mask.Where(picture, grey => grey >= least) : Mask.Where(wide, hu => hu >= LeastHu);
    }

    private static double? Air(Image made, Image truth, Mask head)
    {
        var known = Mask.Where(truth, hu => hu < MostAirHu).And(head);
        return known.Area >= LeastPixels ? ImageMetrics.Dice(known, Mask.Where(made, hu => hu < MostAirHu).And(head)) : null;
    }
}
