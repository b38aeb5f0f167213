namespace Gateway.TranslationWorker;

/// <summary>An item of a code sequence (PS3.3 table 8.8-1).</summary>
internal static class DerivedCode
{
    public static DicomDataset Of(string value, string scheme, string meaning) => new DicomDataset()
        .AddOrUpdate(DicomTag.CodeValue, value)
        .AddOrUpdate(DicomTag.CodingSchemeDesignator, scheme)
        .AddOrUpdate(DicomTag.CodeMeaning, meaning);
}
