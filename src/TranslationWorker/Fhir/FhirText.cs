namespace Gateway.TranslationWorker;

/// <summary>Scanner text as a FHIR string: trimmed, without control characters of any kind; null when nothing is left (FHIR
/// forbids empty strings).</summary>
internal static class FhirText
{
    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        var clean = PlainText.Of(text).Trim();
        return clean.Length == 0 ? null : clean;
    }
}
