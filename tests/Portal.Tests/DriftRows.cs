using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>Weeks of T2 series from two scanners, one of which changes in the last.</summary>
internal static class DriftRows
{
    /// <summary>Studies with their observations: ten weeks, 30 series a week from each.</summary>
    public static List<object> Of(string caller = "MR_SOUTH")
    {
        var (rows, random, now) = (new List<object>(), new Random(1), TimeProvider.System.GetUtcNow());
        for (var week = 9; week >= 0; week--)
            for (var i = 0; i < 60; i++)
                rows.AddRange(
                    Seen(now.AddDays(-7 * week), i % 2 == 0 ? "MR_NORTH" : caller, changed: i % 2 == 1 && week == 0, i % 15 == 0, random));
        return rows;
    }

    private static object[] Seen(DateTimeOffset at, string caller, bool changed, bool held, Random random)
    {
        var study = Sample.Study(at);
        var series = Sample.Series(study, held ? SeriesState.Held : SeriesState.Translated);
        var measures = MeasureName.OfDrift.ToDictionary(measure => measure, _ => 0.5 + (random.NextDouble() + random.NextDouble() - 1) / 4);
        if (changed)
            measures[MeasureName.GreyOf(50)] *= 0.6;
        return
        [
            study,
            new Observation
            {
                SeriesId = series.Id, Revision = 1, Modality = "t2", At = at, CallingAe = caller, HeldBy = held ? "ncc-low" : null,
                Measures = measures,
                Vendor = caller == "MR_NORTH" ? ScannerVendor.Siemens : ScannerVendor.Philips, ModelDigest = new string('a', 64),
            },
        ];
    }
}
