using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Volumes;

namespace Gateway.RealVolumes;

/// <summary>A NIfTI volume as a DICOM series: its own geometry and values, and the header a T2 or a native head CT has.</summary>
internal static class NiftiSeries
{
    public static IReadOnlyList<string> Write(string nifti, string folder, ModalityProfile profile)
    {
        Directory.CreateDirectory(folder);
        VolumeSlice[] slices = [.. NiftiFile.Read(nifti)];
        var most = slices.Max(slice => slice.Image.Pixels.Max());
        var name = Path.GetFileName(nifti);
        return [.. slices.Select((slice, i) => Save(Dataset(slice, i, name, profile, most), Path.Combine(folder, $"{i:0000}.dcm")))];
    }

    private static DicomDataset Dataset(VolumeSlice slice, int index, string name, ModalityProfile profile, float most)
    {
        var uid = NameBasedUid(name);
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian);
        dataset.AddOrUpdate(DicomTag.SOPClassUID, profile.SopClass.UID);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, $"{uid}.{index + 1}");
        dataset.AddOrUpdate(DicomTag.StudyInstanceUID, uid);
        dataset.AddOrUpdate(DicomTag.SeriesInstanceUID, uid + ".0");
        dataset.AddOrUpdate(DicomTag.Modality, profile.DicomModality);
        dataset.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL");
        dataset.AddOrUpdate(DicomTag.BodyPartExamined, "HEAD");
        dataset.AddOrUpdate(DicomTag.InstanceNumber, Text(index + 1));
        if (!profile.IsHounsfield)
        {
            dataset.AddOrUpdate(DicomTag.ScanningSequence, "SE");
            dataset.AddOrUpdate(DicomTag.EchoTime, "100");
            dataset.AddOrUpdate(DicomTag.RepetitionTime, "4500");
        }
        WriteGeometry(dataset, slice);
        WritePixels(dataset, slice.Image, profile.IsHounsfield ? 1 : most / 4095);
        return dataset;
    }

    private static void WriteGeometry(DicomDataset dataset, VolumeSlice slice)
    {
        string[] Numbers(params double[] values) => [.. values.Select(value => Text(Math.Round(value, 6)))];
        var (row, column) = (slice.RowDirection, slice.ColumnDirection);
        dataset.AddOrUpdate(DicomTag.ImagePositionPatient, Numbers(slice.Position.X, slice.Position.Y, slice.Position.Z));
        dataset.AddOrUpdate(DicomTag.ImageOrientationPatient, Numbers(row.X, row.Y, row.Z, column.X, column.Y, column.Z));
        dataset.AddOrUpdate(DicomTag.PixelSpacing, Numbers(slice.RowSpacing, slice.ColumnSpacing));
    }

    private static void WritePixels(DicomDataset dataset, Image image, double slope)
    {
        var stored = Array.ConvertAll(
            image.Pixels, value => (short)Math.Clamp(Math.Round(value / Math.Max(slope, 1e-9)), short.MinValue, short.MaxValue));
        dataset.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)1);
        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        dataset.AddOrUpdate(DicomTag.Rows, (ushort)image.Height);
        dataset.AddOrUpdate(DicomTag.Columns, (ushort)image.Width);
        dataset.AddOrUpdate(DicomTag.BitsAllocated, (ushort)16);
        dataset.AddOrUpdate(DicomTag.BitsStored, (ushort)16);
        dataset.AddOrUpdate(DicomTag.HighBit, (ushort)15);
        dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)1);
        dataset.AddOrUpdate(DicomTag.RescaleIntercept, "0");
        dataset.AddOrUpdate(DicomTag.RescaleSlope, Text(Math.Round(slope, 9)));
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(MemoryMarshal.AsBytes<short>(stored).ToArray()));
    }

    private static string Save(DicomDataset dataset, string path)
    {
        new DicomFile(dataset).Save(path);
        return path;
    }

    /// <summary>The same for the same name, so that runs can be compared.</summary>
    private static string NameBasedUid(string name) =>
        "2.25." + Text(BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))));

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
