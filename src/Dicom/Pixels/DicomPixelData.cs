namespace Gateway.Dicom;

/// <summary>The frames of a data set's Pixel Data and the attributes that describe them (PS3.3 section C.7.6.3). Setting an attribute
/// writes it into the data set.</summary>
public abstract class DicomPixelData
{
    private protected DicomPixelData(DicomDataset dataset) => Dataset = dataset;

    /// <summary>The data set that describes and holds the pixels (PS3.3 section C.7.6.3).</summary>
    public DicomDataset Dataset { get; }

    /// <summary>The transfer syntax of the pixels (PS3.5 section 8.2).</summary>
    public DicomTransferSyntax Syntax => Dataset.InternalTransferSyntax;

    /// <summary>Columns (PS3.3 section C.7.6.3).</summary>
    public ushort Width
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.Columns);
        set => Dataset.AddOrUpdate(DicomTag.Columns, value);
    }

    /// <summary>Rows (PS3.3 section C.7.6.3).</summary>
    public ushort Height
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.Rows);
        set => Dataset.AddOrUpdate(DicomTag.Rows, value);
    }

    /// <summary>(0028,0008), 1 when it is absent (PS3.3 section C.7.6.6).</summary>
    public int NumberOfFrames
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.NumberOfFrames, 1);
        set => Dataset.AddOrUpdate(DicomTag.NumberOfFrames, value);
    }

    /// <summary>(0028,0100), bits of one sample in memory (PS3.5 section 8.1.1).</summary>
    public ushort BitsAllocated => Dataset.GetSingleValue<ushort>(DicomTag.BitsAllocated);

    /// <summary>(0028,0101), bits of one sample that are used (PS3.5 section 8.1.1).</summary>
    public ushort BitsStored
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.BitsStored);
        set => Dataset.AddOrUpdate(DicomTag.BitsStored, value);
    }

    /// <summary>(0028,0102), the highest of these bits (PS3.5 section 8.1.1).</summary>
    public ushort HighBit
    {
        get => Dataset.GetSingleValue<ushort>(DicomTag.HighBit);
        set => Dataset.AddOrUpdate(DicomTag.HighBit, value);
    }

    /// <summary>(0028,0002), 1 when it is absent (PS3.3 section C.7.6.3.1.1).</summary>
    public ushort SamplesPerPixel
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.SamplesPerPixel, (ushort)1);
        set => Dataset.AddOrUpdate(DicomTag.SamplesPerPixel, value);
    }

    /// <summary>(0028,0103), unsigned when it is absent (PS3.3 section C.7.6.3).</summary>
    public PixelRepresentation PixelRepresentation
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.PixelRepresentation, PixelRepresentation.Unsigned);
        set => Dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)value);
    }

    /// <summary>(0028,0006), interleaved when it is absent (PS3.3 section C.7.6.3.1.3).</summary>
    public PlanarConfiguration PlanarConfiguration
    {
        get => Dataset.GetSingleValueOrDefault(DicomTag.PlanarConfiguration, PlanarConfiguration.Interleaved);
        set => Dataset.AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)value);
    }

    /// <summary>Bytes of one frame that is not compressed (PS3.5 section 8.1.1).</summary>
    /// <exception cref="DicomDataException">Rows, Columns or Bits Allocated is missing, or a frame would not fit into memory.</exception>
    public int UncompressedFrameSize
    {
        get
        {
            var bits = (long)Width * Height * SamplesPerPixel * BitsAllocated;
            return bits / 8 < Array.MaxLength ? (int)((bits + 7) / 8) : throw new DicomDataException("A frame would not fit into memory.");
        }
    }

    /// <summary>One frame's bytes, little endian; compressed when the transfer syntax is (PS3.5 section 8.2).</summary>
    /// <param name="frame">From 0 on.</param>
    /// <exception cref="DicomDataException">There is no such frame, or it is incomplete.</exception>
    public abstract IByteBuffer GetFrame(int frame);

    /// <summary>Appends a frame and counts it in Number of Frames (PS3.5 annex A.4).</summary>
    public abstract void AddFrame(IByteBuffer data);

    /// <summary>The pixel data of a data set; with <paramref name="newPixelData"/>, new pixel data without frames in its place
    /// (PS3.3 section C.7.6.3).</summary>
    /// <exception cref="DicomDataException">There is none, or it is not of the kind that the transfer syntax names.</exception>
    public static DicomPixelData Create(DicomDataset dataset, bool newPixelData = false)
    {
        if (newPixelData)
        {
            var word = dataset.GetSingleValue<ushort>(DicomTag.BitsAllocated) > 8;
            dataset.Remove(DicomTag.NumberOfFrames);
            DicomItem empty = dataset.InternalTransferSyntax.IsEncapsulated
                ? new DicomOtherByteFragment(DicomTag.PixelData)
                : new DicomElement(DicomTag.PixelData, word ? DicomVR.OW : DicomVR.OB, Array.Empty<byte>(), TextEncoding.Default);
            dataset.AddOrUpdate(empty);
        }
        if (dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is { } fragments)
            return new EncapsulatedPixelData(dataset, fragments);
        return dataset.GetDicomItem<DicomElement>(DicomTag.PixelData) is not null
            ? new NativePixelData(dataset) : throw new DicomDataException("The data set has no Pixel Data.");
    }
}
