using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>Images a plane of the head: first the tissues, then the signal, blur, unevenness and noise of each scanner.</summary>
internal sealed class PhantomRenderer(HeadPhantom head, PhantomPlane plane, SliceOverlay? overlay = null)
{
    private readonly PhantomAppearance _look = head.Appearance;
    private readonly int _pixels = plane.Width * plane.Height;
    private readonly WaveNoise _texture = new(new PhantomRandom(PhantomRandom.Hash(head.Options.Seed ^ 0x7E7)), 1, 12, 60);

    public PhantomSlice Render()
    {
        var (t2, ct, outline) = (new float[_pixels], new float[_pixels], new float[_pixels]);
        var labels = new Tissue[_pixels];
        for (var row = 0; row < plane.Height; row++)
        {
            for (var column = 0; column < plane.Width; column++)
                Sample(column, row, t2, ct, labels, outline);
        }
        Blur(t2, _look.T2Blur / plane.Spacing);
        Blur(ct, _look.CtBlur / plane.Spacing);
        FinishT2(t2, outline);
        FinishCt(ct, outline);
        return new PhantomSlice { Plane = plane, T2 = t2, Ct = ct, Labels = labels, Head = Array.ConvertAll(outline, d => d < 0) };
    }

    private void Sample(int column, int row, float[] t2, float[] ct, Tissue[] labels, float[] outline)
    {
        Span<float> fractions = stackalloc float[TissueMix.Count];
        Span<float> mean = stackalloc float[TissueMix.Count];
        var index = (row * plane.Width) + column;
        var layers = plane.Thickness < 2.5f ? 1 : 2;
        for (var layer = 0; layer < layers; layer++)
        {
            var point = plane.At(column, row, plane.Thickness * (((layer + 0.5f) / layers) - 0.5f));
            if (overlay?.Pull?[index] is { } pull)
                point += (pull.X * plane.Row) + (pull.Y * plane.Column) + (pull.Z * plane.Normal);
            var distance = head.MixAt(point, plane.Spacing, fractions);
            outline[index] += distance / layers;
            for (var i = 0; i < mean.Length; i++)
                mean[i] += fractions[i] / layers;
        }
        var uneven = outline[index] < 0 ? _look.Texture * _texture.Value(plane.At(column, row)) : 0;
        for (var i = 0; i < mean.Length; i++)
        {
            t2[index] += mean[i] * _look.T2Signal[i] * (1 + uneven);
            ct[index] += mean[i] * _look.Hounsfield[i];
        }
        Lay(index, uneven, ref t2[index], ref ct[index]);
        ct[index] += 30 * uneven;
        labels[index] = TissueMix.Largest(mean);
        if (outline[index] > 0.5f)
        {
            var at = plane.At(column, row);
            ct[index] = Math.Max(ct[index], head.Table.HounsfieldAt(at.X, at.Y));
        }
    }

    private void Lay(int index, float uneven, ref float t2, ref float ct)
    {
        foreach (var layer in overlay?.Layers ?? [])
        {
            var share = layer.Share[index];
            t2 += share * ((layer.Signal(_look) * (1 + uneven)) - t2);
            ct += share * (layer.Hounsfield - ct);
        }
    }

    private void FinishT2(float[] t2, float[] outline)
    {
        for (var i = 0; i < t2.Length; i++)
        {
            var at = plane.At(i % plane.Width, i / plane.Width) / 90;
            var bias = 1 + (_look.T2Bias[0] * at.X) + (_look.T2Bias[1] * at.Y) + (_look.T2Bias[2] * at.X * at.Y)
                + (_look.T2Bias[3] * 30 / (30 + Math.Max(0, -outline[i])));
            var signal = Math.Max(0, t2[i]) * bias;
            signal = _look.T2Curve > 0
                ? signal + (_look.T2Curve * (MathF.Sqrt(signal) - signal))
                : signal - (_look.T2Curve * ((signal * signal) - signal));
            var real = signal + (_look.T2Noise * Noise(i, 1));
            var imaginary = _look.T2Noise * Noise(i, 2);
            t2[i] = _look.T2Scale * MathF.Sqrt((real * real) + (imaginary * imaginary));
        }
    }

    private void FinishCt(float[] ct, float[] outline)
    {
        // White noise after the reconstruction kernel: blurred a little, then scaled back to its standard deviation.
        var noise = new float[_pixels];
        for (var i = 0; i < noise.Length; i++)
            noise[i] = Noise(i, 3);
        const float Sigma = 0.75f;
        Blur(noise, Sigma);
        for (var i = 0; i < ct.Length; i++)
        {
            var cupping = outline[i] < 0 ? _look.CtCupping * 8 / (8 + Math.Max(0, -outline[i] - 12)) : 0;
            var inside = Math.Clamp(-outline[i] / 60, 0, 1);
            ct[i] = Math.Max(-1024, ct[i] + cupping + (_look.CtNoise * 2.66f * (0.75f + (0.35f * inside)) * noise[i]));
        }
    }

    private float Noise(int pixel, ulong channel)
    {
        var key = (ulong)BitConverter.SingleToUInt32Bits(plane.Origin.Z) << 32;
        return PhantomRandom.Normal(PhantomRandom.Hash(PhantomRandom.Hash(head.Options.Seed ^ key) ^ (((ulong)pixel << 8) + channel)));
    }

    /// <summary>Separable Gaussian of standard deviation <paramref name="sigma"/> pixels, edges repeated.</summary>
    private void Blur(float[] image, float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(2.5f * sigma));
        var kernel = new float[radius + 1];
        for (var k = 0; k <= radius; k++)
            kernel[k] = PhantomAppearance.Fall(k * k / (2 * sigma * sigma));
        var sum = kernel[0] + (2 * kernel.Skip(1).Sum());
        var copy = new float[image.Length];
        Pass(image, copy, kernel, sum, plane.Width, plane.Height, 1, plane.Width);
        Pass(copy, image, kernel, sum, plane.Height, plane.Width, plane.Width, 1);
    }

    private static void Pass(float[] from, float[] to, float[] kernel, float sum, int length, int lines, int step, int stride)
    {
        for (var line = 0; line < lines; line++)
        {
            var start = line * stride;
            for (var i = 0; i < length; i++)
            {
                var total = kernel[0] * from[start + (i * step)];
                for (var k = 1; k < kernel.Length; k++)
                    total += kernel[k] * (from[start + (Math.Max(0, i - k) * step)] + from[start + (Math.Min(length - 1, i + k) * step)]);
                to[start + (i * step)] = total / sum;
            }
        }
    }
}
