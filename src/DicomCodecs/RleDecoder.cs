using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>RLE Lossless (PS3.5 annex G): every byte of every sample is a plane of its own, run-length encoded, most significant
/// first.</summary>
internal static class RleDecoder
{
    private const int HeaderLength = 64;

    /// <exception cref="DicomDataException">The segments do not fill the frame.</exception>
    public static byte[] Decode(byte[] compressed, DicomPixelData pixels)
    {
        var (bytes, samples) = (pixels.BitsAllocated / 8, (int)pixels.SamplesPerPixel);
        var area = pixels.Width * pixels.Height;
        if (compressed.Length < HeaderLength || Number(compressed, 0) != bytes * samples)
            throw new DicomDataException($"The RLE header does not announce {bytes * samples} segments.");
        var interleaved = pixels.PlanarConfiguration == PlanarConfiguration.Interleaved;
        var frame = new byte[pixels.UncompressedFrameSize];
        var plane = new byte[area];
        for (var segment = 0; segment < bytes * samples; segment++)
        {
            Unpack(Segment(compressed, segment, bytes * samples), plane);
            var (sample, significance) = (segment / bytes, bytes - 1 - segment % bytes);
            var start = (interleaved ? sample : sample * area) * bytes + significance;
            var step = (interleaved ? samples : 1) * bytes;
            for (var i = 0; i < area; i++) frame[start + i * step] = plane[i];
        }
        return frame;
    }

    private static ReadOnlySpan<byte> Segment(byte[] compressed, int segment, int segments)
    {
        var from = Number(compressed, segment + 1);
        var to = segment + 1 < segments ? Number(compressed, segment + 2) : (uint)compressed.Length;
        return from >= HeaderLength && from <= to && to <= compressed.Length
            ? compressed.AsSpan((int)from, (int)(to - from))
            : throw new DicomDataException($"RLE segment {segment + 1} lies outside the frame.");
    }

    private static uint Number(byte[] header, int index) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(index * 4));

    private static void Unpack(ReadOnlySpan<byte> packed, Span<byte> plane)
    {
        while (!plane.IsEmpty)
        {
            if (packed.Length < 2) throw new DicomDataException("An RLE segment ends early.");
            var control = (sbyte)packed[0];
            if (control == sbyte.MinValue)
            {
                packed = packed[1..];
                continue;
            }
            var count = Math.Min(Math.Abs((int)control) + 1, plane.Length);
            if (control < 0) plane[..count].Fill(packed[1]);
            else if (packed.Length > count) packed.Slice(1, count).CopyTo(plane);
            else throw new DicomDataException("An RLE segment ends early.");
            plane = plane[count..];
            packed = packed[(control < 0 ? 2 : 1 + count)..];
        }
    }
}
