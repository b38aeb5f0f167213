using CsCheck;

namespace Gateway.DicomCodecs.Tests;

public class RleTests
{
    [Theory, InlineData(3, (ushort)8, PlanarConfiguration.Interleaved), InlineData(3, (ushort)8, PlanarConfiguration.Planar),
        InlineData(1, (ushort)16, PlanarConfiguration.Interleaved), InlineData(1, (ushort)32, PlanarConfiguration.Interleaved)]
    public void Rle_of_every_layout_decodes_to_what_was_packed(int samples, ushort bits, PlanarConfiguration planar) =>
        Gen.Byte.Array[6 * samples * bits / 8].Sample(pixels =>
        {
            var dataset = new DicomDataset(DicomTransferSyntax.RLELossless)
                .Add(DicomTag.Rows, (ushort)2).Add(DicomTag.Columns, (ushort)3).Add(DicomTag.BitsAllocated, bits)
                .Add(DicomTag.SamplesPerPixel, (ushort)samples).Add(DicomTag.PlanarConfiguration, (ushort)planar);
            DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(Pack(pixels, samples, bits / 8, planar)));

            Assert.Equal(pixels, DicomDecoder.Decode(dataset).GetValues<byte>(DicomTag.PixelData));
        }, iter: 200);

    /// <summary>The plainest encoder: a literal run for the first half of each plane, runs of one value for the rest.</summary>
    private static byte[] Pack(byte[] pixels, int samples, int bytes, PlanarConfiguration planar)
    {
        var (header, body) = (new uint[16], new List<byte>());
        header[0] = (uint)(samples * bytes);
        for (var segment = 0; segment < samples * bytes; segment++)
        {
            header[segment + 1] = (uint)(64 + body.Count);
            var (sample, byteIndex) = (segment / bytes, bytes - 1 - segment % bytes);
            var plane = Enumerable.Range(0, 6)
                .Select(i => pixels[(planar == PlanarConfiguration.Planar ? sample * 6 + i : i * samples + sample) * bytes + byteIndex])
                .ToArray();
            body.AddRange([2, .. plane[..3], 0x80]);
            foreach (var value in plane[3..]) body.AddRange([0, value]);
            if (body.Count % 2 == 1) body.Add(0);
        }
        return [.. header.SelectMany(BitConverter.GetBytes), .. body];
    }
}
