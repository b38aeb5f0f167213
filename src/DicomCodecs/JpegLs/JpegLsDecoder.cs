using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>JPEG-LS, lossless and near-lossless (ISO/IEC 14495-1, PS3.5 annex A.4.3), by CharLS.</summary>
internal static class JpegLsDecoder
{
    private static ReadOnlySpan<byte> End => [0xFF, 0xD9];

    /// <exception cref="DicomDataException">CharLS is not installed, or the image is damaged or not the one that the data set
    /// describes.</exception>
    public static byte[] Decode(byte[] compressed, DicomPixelData pixels)
    {
        SharedLibrary.CharLs.Require(pixels.Syntax);
        if (compressed.AsSpan().LastIndexOf(End) < 0) throw new DicomDataException("The JPEG-LS image has no end.");
        var error = TryDecode(compressed, pixels, out var frame);
        if (error == JpegLsApi.NoMarkerAfterSamples && WithoutStuffing(compressed) is { } repaired)
            error = TryDecode(repaired, pixels, out frame);
        return error == 0 ? frame : throw Damaged(error);
    }

    private static int TryDecode(byte[] compressed, DicomPixelData pixels, out byte[] frame)
    {
        using var source = new PinnedGCHandle<byte[]>(compressed);
        using var decoder = JpegLsApi.Create();
        Check(JpegLsApi.SetSource(decoder, Marshal.UnsafeAddrOfPinnedArrayElement(compressed, 0), (nuint)compressed.Length));
        Check(JpegLsApi.ReadHeader(decoder));
        Check(JpegLsApi.GetFrameInfo(decoder, out var info));
        Check(JpegLsApi.GetInterleaveMode(decoder, out var interleave));
        var format = SampleFormat.Of(pixels, (int)info.Width, (int)info.Height, info.ComponentCount, info.BitsPerSample);

        frame = format.Frame;
        var width = info.BitsPerSample <= 8 ? 1 : 2;
        var samples = new byte[format.Count * width];
        var error = JpegLsApi.Decode(decoder, samples, (nuint)samples.Length, 0);
        if (error == 0) Copy(samples, width, format, planar: interleave == JpegLsApi.InterleaveNone);
        return error;
    }

    private static void Copy(byte[] samples, int width, SampleFormat format, bool planar)
    {
        for (var i = 0; i < format.Count; i++)
            format.Put(
                planar ? format.Interleaved(i) : i,
                width == 1 ? samples[i] : BinaryPrimitives.ReadUInt16LittleEndian(samples.AsSpan(i * 2)));
    }

    /// <summary>Some encoders write a zero between the samples and the end-of-image marker. CharLS does not accept it.</summary>
    private static byte[]? WithoutStuffing(byte[] compressed)
    {
        var end = compressed.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x00, 0xFF, 0xD9]);
        return end < 0 ? null : [.. compressed.AsSpan(0, end), .. compressed.AsSpan(end + 1)];
    }

    private static void Check(int error)
    {
        if (error != 0) throw Damaged(error);
    }

    private static DicomDataException Damaged(int error) => new($"The JPEG-LS image is damaged (CharLS error {error}).");
}
