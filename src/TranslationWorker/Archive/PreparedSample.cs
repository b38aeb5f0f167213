using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>
/// The translated slice and its neighbours as the generator sees them, and what is told beside them. It is numbers and words of closed
/// lists: no field could hold a name, a date, a UID or a description, and the slices are resampled, so that no header comes with them.
/// </summary>
public sealed record PreparedSample
{
    /// <summary>So many slices on each side, where the series has them.</summary>
    public const int Reach = 2;

    private static readonly NiftiFormat Format = new() { Number = NiftiNumber.Int16, Slope = 1.0 / short.MaxValue };

    public required Modality Modality { get; init; }

    /// <summary>The values, in the modality's units, that -1 and 1 stand for.</summary>
    public required GreyRange Range { get; init; }

    /// <summary>256 x 256 each, in [-1, 1], from the feet.</summary>
    public required IReadOnlyList<float[]> Slices { get; init; }

    /// <summary>Index of the translated slice.</summary>
    public required int Centre { get; init; }

    /// <summary>Of the source, mm between rows and between columns.</summary>
    public required (double Row, double Column) Spacing { get; init; }

    /// <summary>Usual distance of the source's slices, mm.</summary>
    public required double SliceDistance { get; init; }

    public required RegistrationKind Registration { get; init; }

    public required ScannerVendor Vendor { get; init; }

    /// <param name="prepared">Chosen out of a volume.</param>
    /// <param name="modality">What it is of.</param>
    /// <param name="hasHeaders">False where the volume came without DICOM headers, so that nothing can be read of them.</param>
    /// <returns>Null where nothing may be kept: a slice is synthetic or says that text is burned into its pixels, or a neighbour cannot be
    /// read, which the translation need not have looked at.</returns>
    public static PreparedSample? Of(PreparedSlice prepared, Modality modality, bool hasHeaders = true)
    {
        try
        {
            var (slices, centre) = BrainStack.Beside(prepared, Reach);
            return !hasHeaders || slices.All(slice => MayBeKept(slice.Source.Header)) ? Of(prepared, modality, slices, centre) : null;
        }
        catch (Exception e) when (e is VolumeException or DicomException)
        {
            return null;
        }
    }

    /// <summary>An uncompressed NIfTI-1 file of 16-bit numbers: value = stored / 32767. No text, no place in the patient: the origin is the
    /// reference's first pixel in the first slice.</summary>
    public byte[] Encode()
    {
        var box = new AffineTransform3D(new(1, 0, 0), new(0, 1, 0), new(0, 0, SliceDistance > 0 ? SliceDistance : 1), default);
        return NiftiFile.Encode(new(Reference.Side, Reference.Side, Slices.Count, box, [.. Slices.SelectMany(slice => slice)]), Format);
    }

    private static PreparedSample Of(PreparedSlice prepared, Modality modality, IReadOnlyList<MappedSlice> slices, int centre) => new()
    {
        Modality = modality,
        Range = prepared.Slice.Range,
        Slices = [.. slices.Select((slice, index) => index == centre ? prepared.Input : slice.Input())],
        Centre = centre,
        Spacing = (prepared.Slice.Source.RowSpacing, prepared.Slice.Source.ColumnSpacing),
        SliceDistance = prepared.Choice!.Volume.UsualSpacing,
        Registration = prepared.Slice.Map.Field is null ? RegistrationKind.Linear : RegistrationKind.Deformable,
        Vendor = ScannerVendors.Of(prepared.Slice.Source.Header),
    };

    private static bool MayBeKept(DicomDataset? header) => header is not null && !LoopGuard.IsSynthetic(header)
        && !(header.TryGetString(DicomTag.BurnedInAnnotation, out var burned) && burned.Trim() == "YES");
}
