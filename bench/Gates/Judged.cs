namespace Gateway.Gates;

/// <summary>One series against one set of limits.</summary>
/// <param name="Measured">What was measured of it.</param>
/// <param name="Score">Infinite where no slice could be chosen.</param>
/// <param name="Codes">What would hold it: this gate's aspects, the registration's own gate, or the exception.</param>
internal sealed record Judged(Measured Measured, double Score, IReadOnlyList<string> Codes)
{
    public bool Stopped => Codes.Count > 0;

    public bool GateHeld => Score > 1;

    public static Judged Of(Measured measured, ArchiveLimits limits)
    {
        if (measured.Features is null)
            return new(measured, double.PositiveInfinity, measured.Held);
        var verdict = OutOfDistribution.Judge(measured.Features, limits);
        return new(measured, verdict.Score, [.. verdict.Reasons.Select(reason => reason.Code), .. measured.Held]);
    }
}
