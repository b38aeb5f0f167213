namespace Gateway.Imaging.Tests.Stacks;

/// <summary>Headers of axial slices 5 mm apart.</summary>
internal static class StackSeries
{
    public static List<DicomDataset> Axials(int count, Func<int, DicomDataset, DicomDataset>? change = null) =>
        [.. Enumerable.Range(0, count).Select(i => change is null ? Image(i) : change(i, Image(i)))];

    public static DicomDataset Image(int index) => Place(
        new DicomDataset()
            .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage).Add(DicomTag.SOPInstanceUID, $"1.2.3.{index}").Add(DicomTag.Modality, "CT")
            .Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL").Add(DicomTag.FrameOfReferenceUID, "1.2.9")
            .Add(DicomTag.InstanceNumber, $"{index + 1}")
            .Add(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 1m, 0m).Add(DicomTag.PixelSpacing, 0.9m, 0.9m)
            .Add(DicomTag.Rows, (ushort)256).Add(DicomTag.Columns, (ushort)256).Add(DicomTag.ConvolutionKernel, "H30s"),
        5 * index);

    public static DicomDataset Place(DicomDataset image, double z) =>
        image.AddOrUpdate(DicomTag.ImagePositionPatient, -115m, -115m, (decimal)z);

    /// <summary>With SOP Instance UIDs and numbers in the order given.</summary>
    public static List<DicomDataset> Renamed(List<DicomDataset> images)
    {
        foreach (var (index, image) in images.Index())
            image.AddOrUpdate(DicomTag.SOPInstanceUID, $"1.2.4.{index + 1000}").AddOrUpdate(DicomTag.InstanceNumber, $"{index + 1}");
        return images;
    }
}
