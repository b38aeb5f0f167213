namespace Gateway.Gates;

/// <summary>One series against one set of limits.</summary>
/// <param name="Score">Infinite where no slice could be chosen.</param>
/// <param name="Code">The aspect the score is of.</param>
internal sealed record Judged(SeriesKind Kind, Modality Modality, double Score, bool RegistrationHeld, string Code)
{
    public bool GateHeld => Score > 1;

    public static Judged Of(Measured measured, ArchiveLimits limits)
    {
        if (measured.Features is null)
            return new(measured.Kind, measured.Modality, double.PositiveInfinity, true, measured.Code);
        var verdict = OutOfDistribution.Judge(measured.Features, limits);
        return new(measured.Kind, measured.Modality, verdict.Score, measured.RegistrationHeld, verdict.Exceedances.MaxBy(e => e.Value).Key);
    }
}
