namespace Gateway.Imaging.Modalities;

/// <summary>The attributes that the rules need, of one image or one frame of an enhanced image. Null for both absent and empty.</summary>
public sealed record ImageHeader
{
    public string? SopClassUid { get; init; }
    public string? Modality { get; init; }
    public BodyRegion Region { get; init; }

    /// <summary>Series Description and the names of the pulse sequence; Protocol Name where these and the physics do not already say T2,
    /// since some scanners name it after a whole examination. The name of a study tells nothing.</summary>
    public FoldedText Sequence { get; init; } = FoldedText.Of();

    /// <summary>Echo Time (0018,0081), ms.</summary>
    public double? EchoTime { get; init; }

    /// <summary>Repetition Time (0018,0080), ms.</summary>
    public double? RepetitionTime { get; init; }

    /// <summary>Has an inversion time, or Scanning Sequence (0018,0020) names IR, or Inversion Recovery (0018,9009) of an enhanced image
    /// says YES or NO. Null: nothing is said.</summary>
    public bool? HasInversion { get; init; }

    /// <summary>Scanning Sequence names GR, or the Echo Pulse Sequence (0018,9008) of an enhanced image is not spin echo alone.</summary>
    public bool IsGradientEcho { get; init; }

    /// <summary>Scanning Sequence or Echo Pulse Sequence is a spin echo and no gradient echo.</summary>
    public bool IsSpinEcho { get; init; }

    /// <summary>Has a b-value or a direction of diffusion, or Image Type names a diffusion map.</summary>
    public bool HasDiffusion { get; init; }

    /// <summary>The attribute that says that a contrast agent was given; null where none does.</summary>
    public string? ContrastSaidBy { get; init; }

    /// <summary>Image Type (0008,0008) value 2 is SECONDARY.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>Angle between the slice normal and the patient's head-foot axis, degrees; null without an orientation.</summary>
    public double? Tilt { get; init; }

    public static ImageHeader Read(DicomDataset ds)
    {
        var (sequence, echo) = (Values(ds, DicomTag.ScanningSequence), Text(ds, DicomTag.EchoPulseSequence));
        var gradient = sequence.Contains("GR") || echo is "GRADIENT" or "BOTH";
        var spin = !gradient && (sequence.Contains("SE") || echo == "SPIN");
        return new ImageHeader
        {
            SopClassUid = Text(ds, DicomTag.SOPClassUID),
            Modality = Text(ds, DicomTag.Modality),
            Region = BodyRegionHeader.Of(ds),
            Sequence = SequenceOf(ds, spin),
            EchoTime = Number(ds, DicomTag.EchoTime),
            RepetitionTime = Number(ds, DicomTag.RepetitionTime),
            HasInversion = InversionOf(ds, sequence),
            IsGradientEcho = gradient,
            IsSpinEcho = spin,
            HasDiffusion = Number(ds, DicomTag.DiffusionBValue) > 0
                || Text(ds, DicomTag.DiffusionDirectionality) is "DIRECTIONAL" or "BMATRIX" or "ISOTROPIC"
                || FoldedText.Of(Values(ds, DicomTag.ImageType)).Has(Terms.Diffusion),
            ContrastSaidBy = ContrastHeader.SaidBy(ds),
            IsSecondary = Values(ds, DicomTag.ImageType) is [_, "SECONDARY", ..],
            Tilt = ReadTilt(ds),
        };
    }

    private static DicomTag[] SequenceNames { get; } =
        [DicomTag.SeriesDescription, DicomTag.SequenceName, DicomTag.PulseSequenceName, DicomTag.AcquisitionContrast];

    private static FoldedText SequenceOf(DicomDataset ds, bool spin)
    {
        var names = SequenceNames.Select(tag => Text(ds, tag)).ToList();
        var said = FoldedText.Of(names);
        var timed = spin && Number(ds, DicomTag.EchoTime) is not null && Number(ds, DicomTag.RepetitionTime) is not null;
        return timed && said.Without(Terms.GradientEcho).Has(Terms.T2) ? said : FoldedText.Of([.. names, Text(ds, DicomTag.ProtocolName)]);
    }

    private static bool? InversionOf(DicomDataset ds, string[] sequence) =>
        Number(ds, DicomTag.InversionTime) > 0 || Number(ds, DicomTag.InversionTimes) > 0 || sequence.Contains("IR") ? true
        : Text(ds, DicomTag.InversionRecovery) switch { "YES" => true, "NO" => false, _ => null };

    /// <summary>Null where it is absent or blank.</summary>
    internal static string? Text(DicomDataset ds, DicomTag tag) =>
        ds.TryGetString(tag, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    internal static DicomSequence Items(DicomDataset ds, DicomTag tag) => ds.TryGetSequence(tag, out var items) ? items : new(tag);

    private static string[] Values(DicomDataset ds, DicomTag tag) =>
        ds.TryGetValues<string>(tag, out var values) ? Array.ConvertAll(values, value => value.Trim()) : [];

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
}
