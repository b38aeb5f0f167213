using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using JpegLibrary;

namespace Gateway.DicomCodecs;

/// <summary>One frame of JPEG with one sample a pixel.</summary>
internal static class JpegFrameDecoder
{
    /// <exception cref="DicomDataException">The JPEG image is not the one that the data set describes.</exception>
    public static byte[] DecodeLossy(byte[] compressed, DicomPixelData pixels)
    {
        var decoder = new JpegDecoder();
        decoder.SetInput(compressed);
        decoder.Identify();
        if (decoder.NumberOfComponents != 1) throw new DicomDataException("JPEG with more than one sample a pixel cannot be decoded.");
        Check(decoder.Width, decoder.Height, decoder.Precision, pixels);
        var frame = new byte[pixels.UncompressedFrameSize];
        decoder.SetOutputWriter(new Blocks(frame, pixels, decoder.Precision));
        decoder.Decode();
        return frame;
    }

    /// <inheritdoc cref="DecodeLossy"/>
    public static byte[] DecodeLossless(byte[] compressed, DicomPixelData pixels)
    {
        var image = (ReadOnlySpan<byte>)compressed;
        var decoder = new LosslessJpeg();
        decoder.ReadHeaders(ref image);
        Check(decoder.Width, decoder.Height, decoder.Precision, pixels);
        var frame = new byte[pixels.UncompressedFrameSize];
        // Signed pixels come with as many bits as are stored; the sign is carried into those above.
        var unused = pixels.PixelRepresentation == PixelRepresentation.Signed && decoder.Precision == pixels.BitsStored ? 32 - decoder.Precision : 0;
        var samples = decoder.Decode(image);
        for (var i = 0; i < samples.Length; i++) Put(frame, pixels.BitsAllocated, i, samples[i] << unused >> unused);
        return frame;
    }

    private static void Check(int width, int height, int precision, DicomPixelData pixels)
    {
        if (width != pixels.Width || height != pixels.Height || precision > pixels.BitsAllocated || pixels.BitsAllocated > 16 || pixels.SamplesPerPixel != 1)
            throw new DicomDataException($"A JPEG image of {width} x {height} pixels of {precision} bits"
                + $" stands for {pixels.Width} x {pixels.Height} of {pixels.BitsAllocated}.");
    }

    private static void Put(byte[] frame, int bits, int index, int value)
    {
        if (bits == 8) frame[index] = (byte)value;
        else BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(index * 2), (ushort)value);
    }

    /// <summary>Takes the decoder's blocks of 8 x 8 samples, which it does not clamp.</summary>
    private sealed class Blocks(byte[] frame, DicomPixelData pixels, int precision) : JpegBlockOutputWriter
    {
        private const int Side = 8;
        private readonly int _bits = pixels.BitsAllocated;
        private readonly int _width = pixels.Width;
        private readonly int _height = pixels.Height;
        private readonly int _largest = (1 << precision) - 1;

        public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            var (columns, rows) = (Math.Min(Side, _width - x), Math.Min(Side, _height - y));
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    Put(frame, _bits, (y + row) * _width + x + column, Math.Clamp((int)Unsafe.Add(ref blockRef, row * Side + column), 0, _largest));
        }
    }
}
