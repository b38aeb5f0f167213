using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>One frame's native bytes (PS3.5 section 8.1.1) as they are filled by a decoder's samples.</summary>
internal sealed class SampleFormat
{
    private readonly int _bits;
    private readonly int _components;
    private readonly int _unused;

    private SampleFormat(DicomPixelData pixels, int components, int precision)
    {
        (_bits, _components) = (pixels.BitsAllocated, components);
        // Signed samples come with as many bits as the image has; the sign is carried into those above.
        _unused = pixels.PixelRepresentation == PixelRepresentation.Signed ? 32 - precision : 0;
        Count = pixels.Width * pixels.Height * components;
        Frame = new byte[pixels.UncompressedFrameSize];
    }

    /// <summary>Samples of the frame.</summary>
    public int Count { get; }

    /// <summary>Little endian, colour by pixel.</summary>
    public byte[] Frame { get; }

    /// <summary>The frame to fill, after what the image says of itself is held against the data set.</summary>
    /// <param name="precision">Bits of the image's samples.</param>
    /// <exception cref="DicomDataException">The image is not the one that the data set describes.</exception>
    public static SampleFormat Of(DicomPixelData pixels, int width, int height, int components, int precision)
    {
        if (width != pixels.Width || height != pixels.Height || components != pixels.SamplesPerPixel || components is not (1 or 3)
            || pixels.BitsAllocated is not (8 or 16) || precision < 1 || precision > pixels.BitsAllocated)
            throw new DicomDataException($"An image of {width} x {height} pixels of {components} x {precision} bits"
                + $" stands for {pixels.Width} x {pixels.Height} of {pixels.SamplesPerPixel} x {pixels.BitsAllocated}.");
        return new(pixels, components, precision);
    }

    /// <summary>Where a sample goes that comes plane by plane.</summary>
    public int Interleaved(int index) => index % (Count / _components) * _components + index / (Count / _components);

    public void Put(int index, int value)
    {
        value = value << _unused >> _unused;
        if (_bits == 8) Frame[index] = (byte)value;
        else BinaryPrimitives.WriteUInt16LittleEndian(Frame.AsSpan(index * 2), (ushort)value);
    }
}
