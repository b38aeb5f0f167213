using System.Runtime.CompilerServices;
using JpegLibrary;

namespace Gateway.DicomCodecs;

/// <summary>Takes the decoder's blocks of 8 x 8 samples, which it does not clamp, and which it has blown up where a component is
/// subsampled: of those the component itself is kept.</summary>
internal sealed class JpegPlanes : JpegBlockOutputWriter
{
    private const int Side = 8;
    private readonly Plane[] _planes;
    private readonly int _width;
    private readonly int _height;
    private readonly int _largest;

    /// <exception cref="DicomDataException">The components' sizes are in a ratio that is no whole number.</exception>
    public JpegPlanes(JpegDecoder decoder)
    {
        (_width, _height, _largest) = (decoder.Width, decoder.Height, (1 << decoder.Precision) - 1);
        _planes = [.. Enumerable.Range(0, decoder.NumberOfComponents).Select(component => Plane.Of(decoder, component))];
    }

    public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
    {
        var plane = _planes[componentIndex];
        var (columns, rows) = (Math.Min(Side, _width - x), Math.Min(Side, _height - y));
        for (var row = 0; row < rows; row++)
        {
            if ((y + row) % plane.Down != 0) continue;
            for (var column = 0; column < columns; column++)
                if ((x + column) % plane.Across == 0)
                    plane.Samples[(y + row) / plane.Down * plane.Width + (x + column) / plane.Across]
                        = (short)Math.Clamp((int)Unsafe.Add(ref blockRef, row * Side + column), 0, _largest);
        }
    }

    /// <summary>A component with a sample for every pixel.</summary>
    public short[] FullSize(int component)
    {
        var plane = _planes[component];
        return (plane.Across, plane.Down) switch
        {
            (1, 1) => plane.Samples,
            (2, 1) when plane.Width > 2 => JpegUpsampling.Across(plane.Samples, plane.Width, plane.Height, _width),
            (2, 2) when plane.Width > 2 => JpegUpsampling.AcrossAndDown(plane.Samples, plane.Width, plane.Height, _width, _height),
            _ => Repeated(plane),
        };
    }

    private short[] Repeated(Plane plane)
    {
        var full = new short[_width * _height];
        for (var y = 0; y < _height; y++)
            for (var x = 0; x < _width; x++)
                full[y * _width + x] = plane.Samples[y / plane.Down * plane.Width + x / plane.Across];
        return full;
    }

    /// <param name="Across">Pixels to a sample, as is <paramref name="Down"/>.</param>
    private sealed record Plane(short[] Samples, int Width, int Height, int Across, int Down)
    {
        public static Plane Of(JpegDecoder decoder, int component)
        {
            var (most, mostDown) = (decoder.GetMaximumHorizontalSampling(), decoder.GetMaximumVerticalSampling());
            var (across, down) = (decoder.GetHorizontalSampling(component), decoder.GetVerticalSampling(component));
            if (across == 0 || down == 0 || most % across != 0 || mostDown % down != 0)
                throw new DicomDataException("JPEG with such subsampling cannot be decoded.");
            var (width, height) = (Ceiling(decoder.Width, most / across), Ceiling(decoder.Height, mostDown / down));
            return new(new short[width * height], width, height, most / across, mostDown / down);
        }

        private static int Ceiling(int size, int factor) => (size + factor - 1) / factor;
    }
}
