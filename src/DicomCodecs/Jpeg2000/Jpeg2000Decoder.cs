using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>JPEG 2000 and high-throughput JPEG 2000, lossless and lossy (ISO/IEC 15444-1 and -15, PS3.5 annexes A.4.4 and A.4.12), by
/// OpenJPEG. Colour transforms of the codestream are undone by it.</summary>
internal static class Jpeg2000Decoder
{
    /// <summary>OpenJPEG 2.5.0 ends the whole process over damaged high-throughput blocks.</summary>
    private static readonly Version HighThroughput = new(2, 5, 1);

    /// <exception cref="DicomDataException">OpenJPEG is not installed, or the image is damaged or not the one that the data set
    /// describes.</exception>
    public static byte[] Decode(byte[] compressed, DicomPixelData pixels)
    {
        SharedLibrary.OpenJpeg.Require(pixels.Syntax);
        var header = CodestreamHeader.Read(compressed);
        if (CodingStyles.AreHighThroughput(compressed, header) && Jpeg2000Api.Version < HighThroughput)
            throw new DicomDataException($"High-throughput JPEG 2000 needs OpenJPEG {HighThroughput}; {Jpeg2000Api.Version} is installed.");
        var format = SampleFormat.Of(pixels, header.Width, header.Height, header.Components, header.Precision);

        var reader = new CodestreamReader(compressed, header.Start);
        using var codec = Jpeg2000Api.CreateDecoder(Jpeg2000Api.Codestream);
        using var stream = reader.Open();
        using var image = Decode(codec, stream);
        Copy(Marshal.PtrToStructure<Jpeg2000Api.Image>(image.DangerousGetHandle()), format, header);
        GC.KeepAlive(reader);
        return format.Frame;
    }

    private static Jpeg2000Api.ImageHandle Decode(Jpeg2000Api.Codec codec, Jpeg2000Api.Stream stream)
    {
        Span<byte> parameters = stackalloc byte[Jpeg2000Api.ParametersLength];
        Jpeg2000Api.SetDefaults(parameters);
        Check(Jpeg2000Api.SetUp(codec, parameters));
        var read = Jpeg2000Api.ReadHeader(stream, codec, out var image);
        try
        {
            Check(read);
            Check(Jpeg2000Api.Decode(codec, stream, image));
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static void Copy(Jpeg2000Api.Image image, SampleFormat format, CodestreamHeader header)
    {
        var area = header.Width * header.Height;
        var samples = new int[area];
        for (var index = 0; index < header.Components; index++)
        {
            var component = Marshal.PtrToStructure<Jpeg2000Api.Component>(
                image.Components + index * Marshal.SizeOf<Jpeg2000Api.Component>());
            if (index >= image.ComponentCount || component.Data == 0 || component.Width != header.Width
                || component.Height != header.Height)
                throw new DicomDataException("The JPEG 2000 image is not decoded as a whole.");
            Marshal.Copy(component.Data, samples, 0, area);
            for (var i = 0; i < area; i++) format.Put(i * header.Components + index, samples[i]);
        }
    }

    private static void Check(int succeeded)
    {
        if (succeeded == 0) throw new DicomDataException("The JPEG 2000 image is damaged.");
    }
}
