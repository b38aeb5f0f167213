using Gateway.Contracts.Reasons;

namespace Gateway.TranslationWorker;

/// <param name="Verdict">What became of the head.</param>
/// <param name="Reasons">Why, where it is ineligible or held.</param>
public sealed record ImportResult(ImportVerdict Verdict, IReadOnlyList<Reason> Reasons)
{
    public ImportResult(ImportVerdict verdict) : this(verdict, [])
    {
    }
}
