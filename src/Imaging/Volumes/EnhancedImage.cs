using System.Text.RegularExpressions;

namespace Gateway.Imaging.Volumes;

/// <summary>The frames of an enhanced multi-frame image, each described as if it were a single-frame image (PS3.3 C.7.6.16).</summary>
public static partial class EnhancedImage
{
    /// <summary>Functional groups whose attributes exist, with the same meaning, at the top level of a single-frame image.</summary>
    private static readonly DicomTag[] Groups =
    [
        DicomTag.PlanePositionSequence, DicomTag.PlaneOrientationSequence, DicomTag.PixelMeasuresSequence,
        DicomTag.PixelValueTransformationSequence,
        DicomTag.FrameVOILUTSequence, DicomTag.FrameContentSequence, DicomTag.FrameAnatomySequence, DicomTag.MRImageFrameTypeSequence,
        DicomTag.CTImageFrameTypeSequence, DicomTag.MREchoSequence, DicomTag.MRTimingAndRelatedParametersSequence,
        DicomTag.MRModifierSequence,
        DicomTag.MRDiffusionSequence, DicomTag.CTReconstructionSequence, DicomTag.CTXRayDetailsSequence, DicomTag.TemporalPositionSequence,
    ];

    /// <summary>Attributes that make an image multi-frame, and those that only a frame can state: at the top level
    /// they are leftovers.</summary>
    private static readonly DicomTag[] NotOfAFrame =
    [
        DicomTag.PixelData, DicomTag.NumberOfFrames, DicomTag.SharedFunctionalGroupsSequence, DicomTag.PerFrameFunctionalGroupsSequence,
        DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.SliceLocation,
        DicomTag.RescaleSlope, DicomTag.RescaleIntercept, DicomTag.RescaleType,
    ];

    public static bool IsEnhanced(DicomDataset image) => image.Contains(DicomTag.PerFrameFunctionalGroupsSequence);

    /// <summary>One header per frame, in the frames' order, without pixel data. A single-frame image is its own
    /// header. Instance Number is the
    /// frame's number.</summary>
    public static IReadOnlyList<DicomDataset> FrameHeaders(DicomDataset image)
    {
        if (!image.TryGetSequence(DicomTag.PerFrameFunctionalGroupsSequence, out var frames))
            return [image];
        var common = new DicomDataset();
        image.CopyTo(common, [.. image.Select(item => item.Tag).Except(NotOfAFrame)]);
        var shared = image.TryGetSequence(DicomTag.SharedFunctionalGroupsSequence, out var items) ? items.FirstOrDefault() : null;
        return [.. frames.Select((frame, index) => Header(common, shared, frame, index + 1))];
    }

    private static DicomDataset Header(DicomDataset common, DicomDataset? shared, DicomDataset frame, int number)
    {
        var header = new DicomDataset();
        common.CopyTo(header);
        foreach (var groups in (DicomDataset?[])[shared, frame])
            foreach (var group in Groups)
                if (groups is not null && groups.TryGetSequence(group, out var items) && items.FirstOrDefault() is { } item)
                    item.CopyTo(header);
        // Enhanced images use another attribute for the echo time.
        if (header.TryGetSingleValue<double>(DicomTag.EffectiveEchoTime, out var echo) && echo is > 0 and < 1e6)
            header.AddOrUpdate(DicomTag.EchoTime, Math.Round((decimal)echo, 6));
        if (header.TryGetValues<string>(DicomTag.FrameType, out var type) && type.All(value => CodeString().IsMatch(value)))
            header.AddOrUpdate(DicomTag.ImageType, type);
        return header.AddOrUpdate(DicomTag.InstanceNumber, number);
    }

    [GeneratedRegex("^[A-Z0-9 _]{0,16}$")]
    private static partial Regex CodeString();
}
