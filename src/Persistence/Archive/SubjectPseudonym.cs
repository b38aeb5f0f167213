namespace Gateway.Persistence;

/// <summary>What the archive knows a patient by: HMAC-SHA256, lower-case hex.</summary>
/// <param name="Subject">Of issuer and Patient ID.</param>
/// <param name="AnyIssuer">Of the Patient ID alone. Scanners leave the issuer out now and then, and one patient must not come into two
/// splits: the split follows from this one.</param>
/// <param name="KeyId">Which key made them.</param>
public sealed record SubjectPseudonym(string Subject, string AnyIssuer, string KeyId)
{
    private const int TrainPercent = 80;
    private const int ValidationPercent = 10;

    /// <summary>80 of 100 subjects train, 10 validate, 10 are the frozen test set.</summary>
    public ArchiveSplit Split => (Convert.ToUInt32(AnyIssuer[..8], 16) % 100) switch
    {
        < TrainPercent => ArchiveSplit.Train,
        < TrainPercent + ValidationPercent => ArchiveSplit.Validation,
        _ => ArchiveSplit.Test,
    };
}
