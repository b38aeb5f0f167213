using System.ComponentModel.DataAnnotations;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Verdicts</c> section: by which codes a received structured report accepts, rejects or comments a result. No standard
/// has them; those of <c>99GATEWAY</c> (ACCEPTED, REJECTED, COMMENTED) and the titles of rejection notes are always known.</summary>
public sealed class VerdictOptions : IValidatableObject
{
    public const string Section = "Verdicts";
    private const string Own = "99GATEWAY";

    /// <summary>Coding Scheme Designator and Code Value, as <c>99ACME|OK</c>.</summary>
    public List<string> Accepted { get; init; } = [];

    /// <inheritdoc cref="Accepted"/>
    public List<string> Rejected { get; init; } = [];

    /// <inheritdoc cref="Accepted"/>
    public List<string> Commented { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from code in Accepted.Concat(Rejected).Concat(Commented)
        where code.Split('|') is not [{ Length: > 0 }, { Length: > 0 }]
        select new ValidationResult($"'{code}' is no code: write it as SCHEME|VALUE.");

    /// <summary>What a code says of a result, and the title of the rejection; null: it is none of these.</summary>
    internal (VerdictKind Kind, string? Title)? Of(string scheme, string value)
    {
        var code = $"{scheme}|{value}";
        if (scheme == "DCM" && value is (ReaderVerdict.Quality or ReaderVerdict.Safety))
            return (VerdictKind.Rejected, value);
        if (code == $"{Own}|REJECTED" || Rejected.Contains(code))
            return (VerdictKind.Rejected, ReaderVerdict.Quality);
        if (code == $"{Own}|ACCEPTED" || Accepted.Contains(code))
            return (VerdictKind.Accepted, null);
        return code == $"{Own}|COMMENTED" || Commented.Contains(code) ? (VerdictKind.Commented, null) : null;
    }
}
