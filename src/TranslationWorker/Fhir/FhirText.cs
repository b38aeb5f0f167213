namespace Gateway.TranslationWorker;

/// <summary>Scanner text as a FHIR string: trimmed, without control characters; null when nothing is left (FHIR forbids empty strings).</summary>
internal static class FhirText
{
    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        var clean = string.Concat(text.Where(c => !char.IsControl(c))).Trim();
        return clean.Length == 0 ? null : clean;
    }
}
