using Gateway.DicomCodecs;

namespace Gateway.Fuzzing.Targets;

/// <summary>One frame of compressed pixel data in a data set that describes it rightly (PS3.5 annex A.4).</summary>
/// <param name="stored">Bits of a sample that are stored.</param>
/// <param name="samples">Samples a pixel.</param>
public sealed class FrameTarget(string name, DicomTransferSyntax syntax, int stored, int samples, params byte[][] images) : FuzzTarget
{
    public override string Name => name;

    public override IReadOnlyList<byte[]> Seeds => images;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. Enumerable.Range(0xC0, 0x40).Select(marker => (byte[])[0xFF, (byte)marker]),
        .. Enumerable.Range(0x4F, 0x46).Select(marker => (byte[])[0xFF, (byte)marker]),
        [0, 0, 0, FrameSeeds.Columns], [0, 0, 0, FrameSeeds.Rows], [0, FrameSeeds.Columns], [0, FrameSeeds.Rows], [64, 0, 0, 0], [0x80],
        [0x11], [0x22],
    ];

    public override void Run(byte[] input)
    {
        var dataset = new DicomDataset(syntax)
            .Add(DicomTag.Rows, (ushort)FrameSeeds.Rows).Add(DicomTag.Columns, (ushort)FrameSeeds.Columns)
            .Add(DicomTag.SamplesPerPixel, (ushort)samples)
            .Add(DicomTag.BitsAllocated, (ushort)(stored > 8 ? 16 : 8)).Add(DicomTag.BitsStored, (ushort)stored)
            .Add(DicomTag.PhotometricInterpretation, samples == 1 ? "MONOCHROME2" : "YBR_FULL");
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(input));
        var frame = DicomPixelData.Create(DicomDecoder.Decode(dataset)).GetFrame(0);
        if (frame.Size != FrameSeeds.Rows * FrameSeeds.Columns * samples * (stored > 8 ? 2 : 1))
            throw new FuzzException("The frame has another size than the data set says.");
    }

    public override bool IsRefusal(Exception e) => e is DicomDataException;
}
