using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Figures of shadow and champion on one slice, inside the head that both saw.</summary>
internal static class ShadowFigures
{
    /// <param name="champion">The champion's picture.</param>
    /// <param name="shadow">The shadow's.</param>
    /// <param name="units">The values that the champion's -1 and 1 stand for.</param>
    /// <param name="shadowUnits">The same of the shadow.</param>
    public static Dictionary<string, double> Of(ShadowSide champion, ShadowSide shadow, GreyRange units, GreyRange shadowUnits)
    {
        var mask = champion.Prepared.Slice.ReferenceMask;
        var (ours, beside) = (Picture(champion.Made, units.FromUnit), Picture(shadow.Made, shadowUnits.FromUnit));
        var measures = new Dictionary<string, double>
        {
            [ShadowMeasure.Difference] = Math.Round(ImageMetrics.Mae(ours, beside, mask), 5),
            [ShadowMeasure.Similarity] = Math.Round(StructuralSimilarity.Of(ours.Map(Share), beside.Map(Share), 1, mask), 4),
            [ShadowMeasure.OfChampion(ShadowMeasure.Structure)] = Structure(champion),
            [ShadowMeasure.OfShadow(ShadowMeasure.Structure)] = Structure(shadow),
            [ShadowMeasure.OfChampion(ShadowMeasure.Seconds)] = Math.Round(champion.Seconds, 3),
            [ShadowMeasure.OfShadow(ShadowMeasure.Seconds)] = Math.Round(shadow.Seconds, 3),
        };
        if (champion.Cycle is { } back && shadow.Cycle is { } backAgain)
        {
            measures[ShadowMeasure.OfChampion(ShadowMeasure.CycleError)] = Math.Round(
                CycleError.Mean(champion.Prepared.Input, back, mask), 5);
            measures[ShadowMeasure.OfShadow(ShadowMeasure.CycleError)] = Math.Round(
                CycleError.Mean(shadow.Prepared.Input, backAgain, mask), 5);
        }
        return measures;

        float Share(float value) => (units.ToUnit(value) + 1) / 2;
    }

    private static double Structure(ShadowSide side) =>
        Math.Round(new MindDescriptor(Picture(side.Prepared.Input, x => x)).Distance(new MindDescriptor(Picture(side.Made, x => x))), 5);

    private static Image Picture(float[] pixels, Converter<float, float> value) =>
        new(Reference.Side, Reference.Side, Array.ConvertAll(pixels, value));
}
