namespace Gateway.Receive;

/// <summary>What tells one image from another.</summary>
internal sealed record SyntheticImage
{
    public required string Modality { get; init; }

    public required DicomUID SopClass { get; init; }

    /// <summary>Study Instance UID; the series' and the image's follow from it.</summary>
    public required string Study { get; init; }

    public required int Number { get; init; }

    /// <summary>Rows and columns.</summary>
    public required int Side { get; init; }

    /// <summary>Two bytes each.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>Null: one frame.</summary>
    public int? Frames { get; init; }

    /// <summary>A data set as a scanner writes it, private elements and a sequence among them.</summary>
    public static DicomDataset Create(SyntheticImage image)
    {
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 100" },
            { DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL" },
            { DicomTag.SOPClassUID, image.SopClass },
            { DicomTag.SOPInstanceUID, $"{image.Study}.1.{image.Number}" },
            { DicomTag.StudyDate, "20240102" },
            { DicomTag.SeriesDate, "20240102" },
            { DicomTag.AcquisitionDate, "20240102" },
            { DicomTag.ContentDate, "20240102" },
            { DicomTag.StudyTime, "101112.000000" },
            { DicomTag.SeriesTime, "101113.000000" },
            { DicomTag.AcquisitionTime, "101114.000000" },
            { DicomTag.ContentTime, "101115.000000" },
            { DicomTag.AccessionNumber, "A0001" },
            { DicomTag.Modality, image.Modality },
            { DicomTag.Manufacturer, "Gateway" },
            { DicomTag.InstitutionName, "Benchmark" },
            { DicomTag.ReferringPhysicianName, "" },
            { DicomTag.StudyDescription, "Head" },
            { DicomTag.SeriesDescription, "Axial" },
            { DicomTag.ManufacturerModelName, "Synthetic" },
            { DicomTag.PatientName, "Synthetic^Image" },
            { DicomTag.PatientID, "P0001" },
            { DicomTag.PatientBirthDate, "19700101" },
            { DicomTag.PatientSex, "O" },
            { DicomTag.BodyPartExamined, "HEAD" },
            { DicomTag.SliceThickness, "5" },
            { DicomTag.ProtocolName, "Head axial" },
            { DicomTag.PatientPosition, "HFS" },
            { DicomTag.StudyInstanceUID, image.Study },
            { DicomTag.SeriesInstanceUID, $"{image.Study}.1" },
            { DicomTag.StudyID, "1" },
            { DicomTag.SeriesNumber, "1" },
            { DicomTag.AcquisitionNumber, "1" },
            { DicomTag.InstanceNumber, $"{image.Number}" },
            { DicomTag.ImagePositionPatient, "0", "0", $"{5 * image.Number}" },
            { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" },
            { DicomTag.FrameOfReferenceUID, $"{image.Study}.2" },
            { DicomTag.PositionReferenceIndicator, "" },
            { DicomTag.SliceLocation, $"{5 * image.Number}" },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.Rows, (ushort)image.Side },
            { DicomTag.Columns, (ushort)image.Side },
            { DicomTag.PixelSpacing, "0.5", "0.5" },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)16 },
            { DicomTag.HighBit, (ushort)15 },
            { DicomTag.PixelRepresentation, (ushort)0 },
            { DicomTag.WindowCenter, "40" },
            { DicomTag.WindowWidth, "80" },
            { DicomTag.RescaleIntercept, "-1024" },
            { DicomTag.RescaleSlope, "1" },
        };
        dataset.AddOrUpdate(new DicomSequence(DicomTag.ReferencedImageSequence, Reference(image, 2), Reference(image, 3)));
        if (image.Frames is { } frames)
            dataset.AddOrUpdate(DicomTag.NumberOfFrames, $"{frames}");
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(image.Pixels));
        return dataset;
    }

    private static DicomDataset Reference(SyntheticImage image, int number) => new()
    {
        { DicomTag.ReferencedSOPClassUID, image.SopClass },
        { DicomTag.ReferencedSOPInstanceUID, $"{image.Study}.{number}" },
    };
}
