using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>The headers of eligible phantom series, to change.</summary>
internal static class PhantomHeaders
{
    public const int Slices = 12;

    private static readonly List<DicomDataset> T2 = Made(PhantomKind.T2);
    private static readonly List<DicomDataset> Ct = Made(PhantomKind.HeadCt);

    public static EligibilityRules Rules { get; } = new(ShippedModalities.Table);

    public static List<DicomDataset> Of(PhantomKind kind) => [.. (kind == PhantomKind.T2 ? T2 : Ct).Select(ds => ds.Clone())];

    /// <summary>The codes of the reasons against a series all of whose images are changed; none: it is eligible.</summary>
    public static string Verdict(PhantomKind kind, Action<DicomDataset> change)
    {
        var headers = Of(kind);
        headers.ForEach(change);
        return string.Join(", ", Rules.Check(headers).Reasons.Select(reason => reason.Code));
    }

    private static List<DicomDataset> Made(PhantomKind kind) =>
        [.. PhantomSeries.Create(new PhantomSeriesOptions { Kind = kind, Seed = 7, Slices = Slices, Size = 64, Spacing = 3.6 })];
}
