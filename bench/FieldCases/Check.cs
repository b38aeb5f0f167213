namespace Gateway.FieldCases;

/// <summary>The conditions that right values are made of.</summary>
internal static class Check
{
    /// <summary>As many derived series as said, all delivered, none of another person than its source.</summary>
    public static Func<Outcome, PlainPictures, string?> Translated(int series = 1) => (o, _) =>
        o.Series.Count(s => s is { IsDerived: true, State: "delivered" }) is var found
            && found != series ? $"{found} derived series delivered, not {series}."
        : o.Derived.Zip(o.Sources)
            .Any(pair => Person(pair.First) != Person(pair.Second)) ? "A derived object names another person than its source."
        : null;

    /// <summary>The derived pixels are those of the plain case, but for rounding.</summary>
    public static Func<Outcome, PlainPictures, string?> LikePlain(double tolerance = 1) => (o, plain) =>
        plain.Difference(o) is { } difference ? difference > tolerance
            ? $"Pixels differ from the plain case's by {difference:0.00} on average." : null
        : "Nothing to compare with the plain case.";

    /// <summary>Nothing is made of it, and a series says so by one of these codes; by any, if none is named.</summary>
    public static Func<Outcome, PlainPictures, string?> Stopped(params string[] codes) => (o, _) =>
        o.Derived.Count > 0 ? "Something was derived."
        : codes.Length == 0 || o.Codes.Intersect(codes).Any() ? null
        : $"No reason is one of {string.Join(", ", codes)}.";

    /// <summary>Some reason of a series, or of what was set aside, has these words.</summary>
    public static Func<Outcome, PlainPictures, string?> Says(string words) => (o, _) =>
        o.Series.SelectMany(s => s.Texts.Concat(s.Aside)).Any(t => t.Contains(words, StringComparison.OrdinalIgnoreCase))
            ? null : $"Nothing says '{words}'.";

    /// <summary>Every source of a derived object has this value.</summary>
    public static Func<Outcome, PlainPictures, string?> From(DicomTag tag, string value) => (o, _) =>
        o.Sources.All(d => d.GetString(tag) == value) ? null : $"Derived from an image whose {tag} is not {value}.";

    /// <summary>Every derived object has this value.</summary>
    public static Func<Outcome, PlainPictures, string?> Has(DicomTag tag, string value) => (o, _) =>
        o.Derived.All(d => d.TryGetString(tag, out var is_) && is_ == value) ? null : $"A derived object's {tag} is not {value}.";

    /// <summary>What was made before counts no more.</summary>
    public static string? Superseded(Outcome o, PlainPictures plain) =>
        o.Series.Any(s => s is { IsDerived: true, State: "superseded" }) ? null : "Nothing is superseded.";

    /// <summary>Either of two right values.</summary>
    public static Func<Outcome, PlainPictures, string?> Either(
        Func<Outcome, PlainPictures, string?> one, Func<Outcome, PlainPictures, string?> other) =>
        (o, plain) => one(o, plain) is { } first && other(o, plain) is { } second ? $"{first} {second}" : null;

    /// <summary>The API tells of a conflict, the page says so, and FHIR names nobody.</summary>
    public static string? Conflict(Outcome o, PlainPictures plain) =>
        !o.PatientConflict ? "The API tells of no conflict."
        : !o.Page.Contains("PATIENT CONFLICT", StringComparison.OrdinalIgnoreCase) ? "The page says nothing of it."
        : !o.Fhir.Contains("temp-unknown", StringComparison.Ordinal) ? "FHIR names a patient."
        : null;

    private static string Person(DicomDataset d) =>
        d.GetSingleValueOrDefault(DicomTag.PatientID, "") + "\n" + d.GetSingleValueOrDefault(DicomTag.PatientName, "");
}
