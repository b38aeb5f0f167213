using Gateway.Workshop.Phantom;

namespace Gateway.WholePath;

/// <summary>A study to send: 24 images of 256 x 256, of a head nobody sent before.</summary>
/// <param name="Bytes">Of all files together.</param>
internal sealed record PhantomStudy(PhantomKind Kind, string StudyInstanceUid, IReadOnlyList<string> Files, long Bytes)
{
    public const int Images = 24;

    public static PhantomStudy Draw(string folder, PhantomKind kind, ulong seed)
    {
        var files = PhantomSeries.Write(folder, new PhantomSeriesOptions { Seed = seed, Kind = kind, Slices = Images, Size = 256 });
        var uid = DicomFile.Open(files[0]).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID);
        return new(kind, uid, files, files.Sum(file => new FileInfo(file).Length));
    }
}
