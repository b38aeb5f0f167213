using Gateway.Testing;

namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>Source slices: one of each modality made by hand with everything a scanner writes, and real ones where they exist.</summary>
internal static class DerivedSources
{
    public static DicomDataset Handmade(Direction direction)
    {
        var mr = direction == Shipped.T2ToCt;
        var slice = new DicomDataset()
            .Add(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY", mr ? "OTHER" : "AXIAL")
            .Add(DicomTag.SOPClassUID, mr ? DicomUID.MRImageStorage : DicomUID.CTImageStorage)
            .Add(DicomTag.SOPInstanceUID, "2.25.1001").Add(DicomTag.StudyInstanceUID, "2.25.1002")
            .Add(DicomTag.SeriesInstanceUID, "2.25.1003")
            .Add(DicomTag.FrameOfReferenceUID, "2.25.1004").Add(DicomTag.PositionReferenceIndicator, "")
            .Add(DicomTag.StudyDate, "20260102").Add(DicomTag.StudyTime, "030405.5").Add(DicomTag.TimezoneOffsetFromUTC, "+0100")
            .Add(DicomTag.AccessionNumber, "A1").Add(DicomTag.StudyID, "7").Add(DicomTag.StudyDescription, "Schädel")
            .Add(DicomTag.ReferringPhysicianName, "Groß^Anna").Add(DicomTag.PatientName, "Müller^Jürgen")
            .Add(DicomTag.PatientID, "P1").Add(DicomTag.PatientBirthDate, "19600101").Add(DicomTag.PatientSex, "M")
            .Add(DicomTag.PatientAge, "066Y")
            .Add(DicomTag.Modality, mr ? "MR" : "CT").Add(DicomTag.Manufacturer, "ACME").Add(DicomTag.ManufacturerModelName, "Scan 1")
            .Add(DicomTag.SeriesNumber, "4").Add(DicomTag.SeriesDescription, "ax").Add(DicomTag.InstanceNumber, "12")
            .Add(DicomTag.AcquisitionNumber, "2")
            .Add(DicomTag.BodyPartExamined, "HEAD").Add(DicomTag.PatientPosition, "HFS")
            .Add(DicomTag.ImagePositionPatient, "-120.50", "-1.10000e+02", "33.3")
            .Add(DicomTag.ImageOrientationPatient, "1.0", "0.0", "-0.0", "0", "1", "0.000")
            .Add(DicomTag.PixelSpacing, "0.50", "0.5").Add(DicomTag.SliceThickness, "5.00").Add(DicomTag.SliceLocation, "33.30")
            .Add(DicomTag.SamplesPerPixel, (ushort)1).Add(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTag.Rows, (ushort)24).Add(DicomTag.Columns, (ushort)32)
            .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.BitsStored, (ushort)12).Add(DicomTag.HighBit, (ushort)11)
            .Add(DicomTag.PixelRepresentation, (ushort)0);
        DicomPixelData.Create(slice, true).AddFrame(new MemoryByteBuffer(new byte[2 * 24 * 32]));
        return mr ? Mr(slice) : Ct(slice);
    }

    /// <summary>The hand-made slice and, where it is on this machine, one of a real series of that modality.</summary>
    public static IEnumerable<DicomDataset> All(Direction direction)
    {
        yield return Handmade(direction);
        var folder = direction == Shipped.T2ToCt ? "dicom/t2_fnndsc_siemens" : "ct/dcm_qa_ct_GE_HiSpeed";
        if (RealData.Find(folder) is { } path)
            yield return DicomFile.Open(Directory.GetFiles(path, "*.dcm").Order(StringComparer.Ordinal).ElementAt(14)).Dataset;
    }

    /// <summary>One slice of each real series of single-frame CT or MR, whatever it shows; without real data
    /// the calling test is skipped.</summary>
    public static IEnumerable<(string Name, DicomDataset Slice)> Vendors()
    {
        foreach (var folder in Directory.GetDirectories(RealData.Path("dicom"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            if (Directory.GetFiles(folder, "*.dcm").Order(StringComparer.Ordinal).FirstOrDefault() is not { } file) continue;
            var slice = DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset;
            if (slice.GetSingleValueOrDefault(DicomTag.SOPClassUID, "") is "1.2.840.10008.5.1.4.1.1.2" or "1.2.840.10008.5.1.4.1.1.4")
                yield return (Path.GetFileName(folder), slice);
        }
    }

    private static DicomDataset Mr(DicomDataset slice) => slice
        .Add(DicomTag.ScanningSequence, "SE").Add(DicomTag.SequenceVariant, "SK").Add(DicomTag.ScanOptions, "")
        .Add(DicomTag.MRAcquisitionType, "2D")
        .Add(DicomTag.RepetitionTime, "4000").Add(DicomTag.EchoTime, "100").Add(DicomTag.EchoTrainLength, "9");

    private static DicomDataset Ct(DicomDataset slice) => slice
        .Add(DicomTag.KVP, "120").Add(DicomTag.RescaleIntercept, "-1024").Add(DicomTag.RescaleSlope, "1").Add(DicomTag.RescaleType, "HU");
}
