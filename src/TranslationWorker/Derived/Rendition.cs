using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Tells a series that was made anew apart from those before it, for archives and people that see both.</summary>
public static class Rendition
{
    private const string Word = "(AI) ";

    /// <summary>UIDs of its own, and <c>rev 2</c> in the description; <see cref="SeriesNumbers"/> gave it a number of its own. The first
    /// stays as it is.</summary>
    /// <param name="files">All images of the series.</param>
    /// <param name="number">Which it is of those made from one received series, from 1.</param>
    public static void Mark(IReadOnlyList<DicomFile> files, int number)
    {
        if (number < 2)
            return;
        foreach (var (file, dataset) in files.Select(file => (file, file.Dataset)))
        {
            foreach (var tag in (DicomTag[])[DicomTag.SOPInstanceUID, DicomTag.SeriesInstanceUID])
                dataset.AddOrUpdate(tag, Uid(dataset.GetSingleValue<string>(tag), number));
            file.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
            Describe(dataset, number);
        }
    }

    private static string Uid(string first, int number) => NameBasedUuid.ToOid(NameBasedUuid.Create(
        NameBasedUuid.Gateway, string.Create(CultureInfo.InvariantCulture, $"{first}|rev {number}")));

    /// <summary>Near the front: viewers cut the rest.</summary>
    private static void Describe(DicomDataset dataset, int number)
    {
        var said = DerivedIdentity.Text(dataset, DicomTag.SeriesDescription);
        var at = said.IndexOf(Word, StringComparison.Ordinal) + Word.Length;
        if (at < Word.Length)
            return;
        var (start, end) = (string.Create(CultureInfo.InvariantCulture, $"{said[..at]}rev {number} "), DerivedIdentity.NotForDiagnosis);
        var middle = said.EndsWith(end, StringComparison.Ordinal) ? said[at..^end.Length] : said[at..];
        dataset.AddOrUpdate(DicomTag.SeriesDescription, DerivedText.Repeat(middle, DerivedText.CharacterSet(dataset), start, end));
    }
}
