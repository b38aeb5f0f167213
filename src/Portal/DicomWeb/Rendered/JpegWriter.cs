using System.Buffers;
using System.Runtime.CompilerServices;

using JpegLibrary;

namespace Gateway.Portal.DicomWeb;

/// <summary>Writes baseline JPEG (ITU-T T.81), grey or in colour, every component at full size.</summary>
internal static class JpegWriter
{
    /// <param name="picture">At most 65,535 pixels a side.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Encode(Picture8 picture, int quality)
    {
        var jpeg = new ArrayBufferWriter<byte>();
        var encoder = new JpegEncoder();
        encoder.SetQuantizationTable(JpegStandardQuantizationTable.ScaleByQuality(
            JpegStandardQuantizationTable.GetLuminanceTable(JpegElementPrecision.Precision8Bit, 0), quality));
        encoder.SetHuffmanTable(true, 0, JpegStandardHuffmanEncodingTable.GetLuminanceDCTable());
        encoder.SetHuffmanTable(false, 0, JpegStandardHuffmanEncodingTable.GetLuminanceACTable());
        for (var component = 1; component <= picture.Samples; component++)
            encoder.AddComponent((byte)component, 0, 0, 0, 1, 1);
        encoder.SetInputReader(new Blocks(picture));
        encoder.SetOutput(jpeg);
        encoder.Encode();
        return jpeg.WrittenSpan.ToArray();
    }

    /// <summary>Grey, or luminance and chrominance (ITU-T T.871, 7); beyond the edge the last pixel is repeated.</summary>
    private sealed class Blocks(Picture8 picture) : JpegBlockInputReader
    {
        private const int Side = 8;

        public override int Width => picture.Width;

        public override int Height => picture.Height;

        public override void ReadBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            for (var i = 0; i < Side * Side; i++)
            {
                var (column, row) = (Math.Min(x + i % Side, picture.Width - 1), Math.Min(y + i / Side, picture.Height - 1));
                Unsafe.Add(ref blockRef, i) = Value(componentIndex, picture.Samples * (row * picture.Width + column));
            }
        }

        private short Value(int component, int at)
        {
            var pixels = picture.Pixels;
            if (picture.Samples == 1)
                return pixels[at];
            var (r, g, b) = (pixels[at], pixels[at + 1], pixels[at + 2]);
            var value = component switch
            {
                0 => 0.299f * r + 0.587f * g + 0.114f * b,
                1 => -0.168736f * r - 0.331264f * g + 0.5f * b + 128,
                _ => 0.5f * r - 0.418688f * g - 0.081312f * b + 128,
            };
            return (short)Math.Clamp(MathF.Round(value), 0, 255);
        }
    }
}
