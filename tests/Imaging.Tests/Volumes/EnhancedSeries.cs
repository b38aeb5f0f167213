namespace Gateway.Imaging.Tests;

/// <summary>Makes an enhanced multi-frame image of single-frame ones, as scanners that know both would have sent it
/// (PS3.3 C.7.6.16).</summary>
internal static class EnhancedSeries
{
    /// <param name="images">Of one series, in the order of their frames; their orientation, spacing, slope and intercept must be
    /// shared.</param>
    public static DicomDataset Of(IReadOnlyList<DicomDataset> images)
    {
        var first = images[0];
        var enhanced = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomTag[] moved =
        [
            DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.SliceThickness,
            DicomTag.EchoTime,
            DicomTag.RepetitionTime, DicomTag.RescaleSlope, DicomTag.RescaleIntercept, DicomTag.SliceLocation, DicomTag.PixelData,
            DicomTag.InstanceNumber,
        ];
        first.CopyTo(enhanced, [.. first.Select(item => item.Tag).Except(moved)]);
        var mr = first.GetString(DicomTag.Modality) == "MR";
        enhanced.AddOrUpdate(DicomTag.SOPClassUID, mr ? DicomUID.EnhancedMRImageStorage : DicomUID.EnhancedCTImageStorage)
            .AddOrUpdate(DicomTag.InstanceNumber, 1).AddOrUpdate(DicomTag.NumberOfFrames, images.Count)
            .AddOrUpdate(new DicomSequence(DicomTag.SharedFunctionalGroupsSequence, Shared(first)))
            .AddOrUpdate(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. images.Select(PerFrame)]));
        IByteBuffer pixels = new MemoryByteBuffer([.. images.SelectMany(image => DicomPixelData.Create(image).GetFrame(0).Data)]);
        return enhanced.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
    }

    private static DicomDataset Shared(DicomDataset image)
    {
        var shared = Group(new(), DicomTag.PlaneOrientationSequence, image, DicomTag.ImageOrientationPatient);
        Group(shared, DicomTag.PixelMeasuresSequence, image, DicomTag.PixelSpacing, DicomTag.SliceThickness);
        Group(shared, DicomTag.PixelValueTransformationSequence, image, DicomTag.RescaleSlope, DicomTag.RescaleIntercept);
        if (image.TryGetSingleValue<double>(DicomTag.EchoTime, out var echo))
            shared.AddOrUpdate(
                new DicomSequence(DicomTag.MREchoSequence, new DicomDataset().AddOrUpdate(DicomTag.EffectiveEchoTime, echo)));
        return Group(shared, DicomTag.MRTimingAndRelatedParametersSequence, image, DicomTag.RepetitionTime);
    }

    private static DicomDataset PerFrame(DicomDataset image) =>
        Group(new(), DicomTag.PlanePositionSequence, image, DicomTag.ImagePositionPatient);

    private static DicomDataset Group(DicomDataset groups, DicomTag group, DicomDataset image, params DicomTag[] tags)
    {
        var item = new DicomDataset();
        image.CopyTo(item, tags);
        return item.Any() ? groups.AddOrUpdate(new DicomSequence(group, item)) : groups;
    }
}
