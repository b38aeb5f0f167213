using System.Globalization;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Modalities;

/// <summary>Finds what differs between images of one series and should not. An image that does not say differs in nothing: agents, times
/// and numbers of acquisitions are recorded on some images only.</summary>
internal static class SeriesDifferences
{
    private const int ShownValues = 4;

    private static readonly SeriesAttribute[] Table =
    [
        // The images are of one kind.
        SeriesAttribute.Text("SOP Class UID", DicomTag.SOPClassUID),
        SeriesAttribute.Text("Modality", DicomTag.Modality),
        SeriesAttribute.Text("Image Type value 3", DicomTag.ImageType, 2),

        // Of one patient who lay still in between. Whose values these are, nobody reads in a reason.
        SeriesAttribute.Text("Patient ID", DicomTag.PatientID),
        SeriesAttribute.Untold("Patient's Size", DicomTag.PatientSize, 0.01),
        SeriesAttribute.Untold("Patient's Weight", DicomTag.PatientWeight, 0.5),
        SeriesAttribute.Text("Frame of Reference UID", DicomTag.FrameOfReferenceUID),

        // Taken and reconstructed in one way. Slice thickness and tube voltage are not here: the base of a skull is scanned thinner
        // and harder than the rest.
        SeriesAttribute.Number("Echo Time", DicomTag.EchoTime, "ms", 1, 0.02),
        SeriesAttribute.Number("Repetition Time", DicomTag.RepetitionTime, "ms", 1, 0.01),
        SeriesAttribute.Number("Inversion Time", DicomTag.InversionTime, "ms", 1, 0.01),
        SeriesAttribute.Number("Diffusion b-value", DicomTag.DiffusionBValue, "s/mm2", 1, 0.01),
        SeriesAttribute.Text("Scanning Sequence", DicomTag.ScanningSequence),
        SeriesAttribute.Text("Convolution Kernel", DicomTag.ConvolutionKernel),

        // On one grid.
        SeriesAttribute.Number("Rows", DicomTag.Rows, "", 0, 0),
        SeriesAttribute.Number("Columns", DicomTag.Columns, "", 0, 0),
        SeriesAttribute.Number("Pixel Spacing between rows", DicomTag.PixelSpacing, "mm", 0, 1e-3),
        SeriesAttribute.Number("Pixel Spacing between columns", DicomTag.PixelSpacing, "mm", 0, 1e-3, 1),
    ];

    /// <returns>A sentence an attribute that differs: which one, and how many images have what. Without text from the headers.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<DicomDataset> headers) =>
        [.. Table.Select(attribute => Sentence(attribute, attribute.Values(headers))).Append(Turned(headers)).OfType<string>()];

    private static string? Sentence(SeriesAttribute attribute, IReadOnlyList<(string Value, int Images)> values)
    {
        if (values.Count < 2)
            return null;
        var shown = values.Take(ShownValues).Select(v => $"{v.Images} {(v.Images == 1 ? "image" : "images")} {v.Value}".TrimEnd());
        var more = values.Count > ShownValues ? $", and {values.Count - ShownValues} values more" : "";
        return $"{attribute.Name} differs: {string.Join(", ", shown)}{more}.";
    }

    /// <summary>Jitter of the last decimals is no difference: the median of each cosine stands for the series.</summary>
    private static string? Turned(IReadOnlyList<DicomDataset> headers)
    {
        var said = headers.Select(ImageHeader.Orientation).OfType<double[]>().ToList();
        if (said.Count < 2)
            return null;
        var usual = Enumerable.Range(0, 6).Select(i => said.Select(o => o[i]).Order().ElementAt(said.Count / 2)).ToArray();
        var cosines = said.ConvertAll(o => Math.Min(Cosine(o[..3], usual[..3]), Cosine(o[3..], usual[3..])));
        var turned = cosines.FindAll(cosine => cosine <= Volume.SameDirection);
        if (turned.Count == 0)
            return null;
        var degrees = (Math.Acos(Math.Max(-1, turned.Min())) * 180 / Math.PI).ToString("0.#", CultureInfo.InvariantCulture);
        return $"Image Orientation (Patient) differs: {turned.Count} of {said.Count} images by up to {degrees} degrees.";
    }

    private static double Cosine(double[] a, double[] b)
    {
        double Dot(double[] x, double[] y) => x.Zip(y, (p, q) => p * q).Sum();
        return Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));
    }
}
