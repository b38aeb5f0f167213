namespace Gateway.Persistence;

/// <summary>Whom an image names: Patient Identification (PS3.3 C.2.2), trimmed; what is absent is empty.</summary>
/// <param name="PatientId">Patient ID (0010,0020).</param>
/// <param name="IssuerOfPatientId">(0010,0021).</param>
/// <param name="PatientName">(0010,0010), all its component groups.</param>
/// <param name="PatientBirthDate">(0010,0030), DA.</param>
/// <param name="PatientSex">(0010,0040).</param>
/// <remarks>docs/decisions/0010-one-patient-a-study.md says why these rules.</remarks>
public sealed record PatientIdentity(
    string PatientId, string IssuerOfPatientId, string PatientName, string PatientBirthDate, string PatientSex)
{
    /// <summary>Whether both cannot be taken for one person: another Patient ID, or only one has any; two issuers; or, under one ID, both
    /// another name and another birth date. Without any ID, name or birth date decide.</summary>
    /// <remarks>Not transitive: an identity without an issuer differs from neither of two that have different ones.</remarks>
    public bool DiffersFrom(PatientIdentity other)
    {
        if (!string.Equals(PatientId, other.PatientId, StringComparison.Ordinal))
            return true;
        if (BothSaid(IssuerOfPatientId, other.IssuerOfPatientId) && IssuerOfPatientId != other.IssuerOfPatientId)
            return true;
        var anotherBirthDate = BothSaid(PatientBirthDate, other.PatientBirthDate) && PatientBirthDate != other.PatientBirthDate;
        var anotherName = IsAnotherName(PatientName, other.PatientName);
        return PatientId.Length == 0 ? anotherName || anotherBirthDate : anotherName && anotherBirthDate;
    }

    /// <summary>Whether any two of them differ, in whatever order they came.</summary>
    public static bool AnyDiffer(IReadOnlyList<PatientIdentity> all) =>
        all.Where((one, index) => all.Skip(index + 1).Any(one.DiffersFrom)).Any();

    private static bool BothSaid(string one, string other) => one.Length > 0 && other.Length > 0;

    /// <summary>Spellings of one name share a word, whatever its order and case.</summary>
    private static bool IsAnotherName(string one, string other)
    {
        var (mine, theirs) = (Words(one), Words(other));
        return mine.Length > 0 && theirs.Length > 0 && !mine.Any(word => theirs.Any(w => SameWord(word, w)));
    }

    private static string[] Words(string name) =>
        string.Concat(name.Select(c => char.IsLetterOrDigit(c) || !char.IsAscii(c) ? char.ToUpperInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A letter beyond ASCII may stand elsewhere as none, one or two others: accents, transliterations, another character set.
    /// </summary>
    private static bool SameWord(string one, string other)
    {
        if (one == other)
            return true;
        var (mine, theirs) = (Ascii(one), Ascii(other));
        var beyond = one.Length - mine.Length + other.Length - theirs.Length;
        return beyond > 0 && mine.Length > 1 && theirs.Length > 1 && Math.Abs(mine.Length - theirs.Length) <= 2 * beyond
            && (IsWithin(mine, theirs) || IsWithin(theirs, mine));
    }

    private static string Ascii(string word) => string.Concat(word.Where(char.IsAscii));

    private static bool IsWithin(string part, string whole)
    {
        var found = 0;
        foreach (var letter in whole)
            found += found < part.Length && part[found] == letter ? 1 : 0;
        return found == part.Length;
    }
}
