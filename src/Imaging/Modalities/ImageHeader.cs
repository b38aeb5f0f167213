using System.Text.RegularExpressions;

namespace Gateway.Imaging.Modalities;

/// <summary>The attributes that the rules need, of one image or one frame of an enhanced image. Null for both absent and empty.</summary>
public sealed partial record ImageHeader
{
    public string? SopClassUid { get; init; }
    public string? Modality { get; init; }
    public string? BodyPart { get; init; }

    /// <summary>Study, series and protocol description and body part, in lower case, joined by blanks.</summary>
    public string Words { get; init; } = "";

    /// <summary>Series and protocol description alone: the name of a study tells nothing about one sequence.</summary>
    public string SequenceWords { get; init; } = "";

    /// <summary>Echo Time (0018,0081), ms.</summary>
    public double? EchoTime { get; init; }

    /// <summary>Repetition Time (0018,0080), ms.</summary>
    public double? RepetitionTime { get; init; }

    /// <summary>Has an Inversion Time (0018,0082), or Inversion Recovery (0018,9009) of an enhanced image.</summary>
    public bool HasInversion { get; init; }

    /// <summary>Scanning Sequence (0018,0020) names GR, or the Echo Pulse Sequence (0018,9008) of an enhanced image is not spin echo alone.</summary>
    public bool IsGradientEcho { get; init; }

    public bool HasDiffusion { get; init; }
    public bool HasContrast { get; init; }

    /// <summary>Image Type (0008,0008) value 2 is SECONDARY.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>Angle between the slice normal and the patient's head-foot axis, degrees; null without an orientation.</summary>
    public double? Tilt { get; init; }

    /// <summary>Whether words, in lower case, name the head.</summary>
    public static bool NamesHead(string words) => Head().IsMatch(words);

    public static ImageHeader Read(DicomDataset ds)
    {
        var sequence = Join(ds, DicomTag.SeriesDescription, DicomTag.ProtocolName);
        return new ImageHeader
        {
            SopClassUid = Text(ds, DicomTag.SOPClassUID),
            Modality = Text(ds, DicomTag.Modality),
            BodyPart = BodyPartOf(ds),
            SequenceWords = sequence,
            Words = $"{Join(ds, DicomTag.StudyDescription)} {BodyPartOf(ds)} {sequence}",
            EchoTime = Number(ds, DicomTag.EchoTime),
            RepetitionTime = Number(ds, DicomTag.RepetitionTime),
            HasInversion = Number(ds, DicomTag.InversionTime) > 0 || Text(ds, DicomTag.InversionRecovery) == "YES",
            IsGradientEcho = Text(ds, DicomTag.ScanningSequence)?.Split('\\').Contains("GR") == true || Text(ds, DicomTag.EchoPulseSequence) is "GRADIENT" or "BOTH",
            HasDiffusion = Number(ds, DicomTag.DiffusionBValue) > 0,
            HasContrast = Text(ds, DicomTag.ContrastBolusAgent) is not null || Items(ds, DicomTag.ContrastBolusAgentSequence).Any(),
            IsSecondary = ds.TryGetValue<string>(DicomTag.ImageType, 1, out var type) && type.Trim() == "SECONDARY",
            Tilt = ReadTilt(ds),
        };
    }

    /// <summary>Null where it is absent or blank.</summary>
    internal static string? Text(DicomDataset ds, DicomTag tag) =>
        ds.TryGetString(tag, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Body Part Examined (0018,0015), or the meaning of an enhanced image's Anatomic Region (0008,2218); lower case.</summary>
    private static string? BodyPartOf(DicomDataset ds) =>
        (Text(ds, DicomTag.BodyPartExamined) ?? Items(ds, DicomTag.AnatomicRegionSequence).Select(item => Text(item, DicomTag.CodeMeaning)).FirstOrDefault())?.ToLowerInvariant();

    private static DicomSequence Items(DicomDataset ds, DicomTag tag) => ds.TryGetSequence(tag, out var items) ? items : new(tag);

    private static string Join(DicomDataset ds, params DicomTag[] tags) =>
        string.Join(' ', tags.Select(t => Text(ds, t)).Where(t => t is not null)).ToLowerInvariant();

    /// <summary>Null where it is absent or no number.</summary>
    internal static double? Number(DicomDataset ds, DicomTag tag, int index = 0) =>
        ds.TryGetValue<double>(tag, index, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Image Orientation (Patient) (0020,0037); null where it is absent or no six numbers.</summary>
    internal static double[]? Orientation(DicomDataset ds) =>
        ds.TryGetValues<double>(DicomTag.ImageOrientationPatient, out var cosines) && cosines.Length == 6 ? cosines : null;

    private static double? ReadTilt(DicomDataset ds)
    {
        if (Orientation(ds) is not { } o)
            return null;
        var (x, y, z) = (o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]);
        var length = Math.Sqrt(x * x + y * y + z * z);
        return length < 1e-6 ? null : Math.Acos(Math.Min(1, Math.Abs(z) / length)) * 180 / Math.PI;
    }

    [GeneratedRegex("head|brain|skull|cranium")]
    private static partial Regex Head();
}
