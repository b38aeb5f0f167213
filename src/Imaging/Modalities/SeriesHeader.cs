using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>What the rules need of a series: the headers of all its images, and what should be the same in them and is not.</summary>
/// <param name="Images">One an image, or one a frame of an enhanced image; in any order, which changes no verdict.</param>
/// <param name="Differences">A sentence an attribute.</param>
public sealed record SeriesHeader(IReadOnlyList<ImageHeader> Images, IReadOnlyList<string> Differences)
{
    public static SeriesHeader Read(IReadOnlyList<DicomDataset> headers) =>
        new([.. headers.Select(ImageHeader.Read)], SeriesDifferences.Of(headers));

    /// <summary>Asks every image. If some object, the series is objected to, in the words that most of them have.</summary>
    public Reason? Ask(EligibilityRule rule)
    {
        var objections = Images.Select(image => rule(image)).OfType<Reason>().ToList();
        var usual = objections.GroupBy(reason => reason).OrderByDescending(same => same.Count())
            .ThenBy(same => same.Key.Text, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return objections.Count == Images.Count ? usual : usual?.OfSome(objections.Count, Images.Count);
    }
}
