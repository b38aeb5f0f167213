namespace Gateway.Persistence;

/// <summary>One series, live or of the reference.</summary>
/// <param name="At">When it was prepared; of an archive sample the day it entered.</param>
/// <param name="CallingAe">Who brought it.</param>
/// <param name="Vendor">Who made the scanner.</param>
/// <param name="HeldBy">Code of the reason for which a gate held it.</param>
/// <param name="Measures">By <see cref="MeasureName"/>.</param>
/// <param name="Rejected">A reader rejected what was made of it.</param>
public sealed record DriftRow(
    DateTimeOffset At, string CallingAe, ScannerVendor Vendor, string? HeldBy, IReadOnlyDictionary<string, double> Measures,
    bool Rejected = false)
{
    internal static IEnumerable<double> Values(IEnumerable<DriftRow> rows, string measure) =>
        rows.Where(row => row.Measures.ContainsKey(measure)).Select(row => row.Measures[measure]);
}
