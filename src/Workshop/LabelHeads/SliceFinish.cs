using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>What a scanner adds to the tissues of a slice: texture, blur, bias field, beam hardening, noise.</summary>
internal sealed class SliceFinish
{
    private readonly HeadLook _look;
    private readonly ulong _seed;
    private readonly WaveNoise _texture;
    private readonly WaveNoise _bias;

    public SliceFinish(HeadLook look, ulong seed)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(seed ^ 0xF1415));
        (_look, _seed) = (look, seed);
        _texture = new(random, 2, 10, 70);
        _bias = new(random, 1, 140, 320);
    }

    /// <summary>Changes both pictures in place.</summary>
    /// <param name="t2">White matter = 1.</param>
    /// <param name="ct">HU.</param>
    /// <param name="head">The head in them.</param>
    /// <param name="position">Pixel to the label map's position: texture belongs to the tissue, not to the slice.</param>
    public void Apply(Image t2, Image ct, Mask head, Func<int, Vector3> position)
    {
        var slice = PhantomRandom.Hash(_seed ^ BitConverter.SingleToUInt32Bits(position(0).Z));
        var hardened = GaussianFilter.Apply(ct.Map(hu => Math.Clamp(hu / 1000, 0, 1)), 6, 6);
        for (var i = 0; i < head.Pixels.Length; i++)
        {
            if (!head.Pixels[i])
                continue;
            var at = position(i);
            var uneven = _look.Texture * _texture.Value(at);
            t2.Pixels[i] *= (1 + uneven) * (1 + (_look.Bias * _bias.Value(at)));
            if (ct.Pixels[i] is > -20 and < 120)
                ct.Pixels[i] += (25 * uneven) + (_look.Cupping * Math.Min(1, 3 * hardened.Pixels[i]));
        }
        Copy(GaussianFilter.Apply(t2, _look.T2Blur, _look.T2Blur), t2);
        Copy(GaussianFilter.Apply(ct, _look.CtBlur, _look.CtBlur), ct);
        AddNoise(t2, ct, slice);
    }

    private void AddNoise(Image t2, Image ct, ulong slice)
    {
        const float Sigma = 0.75f, Lost = 2.66f;   // blurring by 0.75 pixels leaves 1/2.66 of white noise
        var noise = new Image(ct.Width, ct.Height);
        for (var i = 0; i < noise.Pixels.Length; i++)
        {
            noise.Pixels[i] = PhantomRandom.Normal(PhantomRandom.Hash(slice ^ ((ulong)i << 2)));
            var real = t2.Pixels[i] + (_look.T2Noise * PhantomRandom.Normal(PhantomRandom.Hash(slice ^ (((ulong)i << 2) + 1))));
            var imaginary = _look.T2Noise * PhantomRandom.Normal(PhantomRandom.Hash(slice ^ (((ulong)i << 2) + 2)));
            t2.Pixels[i] = MathF.Sqrt((real * real) + (imaginary * imaginary));
        }
        var grain = GaussianFilter.Apply(noise, Sigma, Sigma);
        for (var i = 0; i < grain.Pixels.Length; i++)
            ct.Pixels[i] = Math.Max(-1024, ct.Pixels[i] + (_look.CtNoise * Lost * grain.Pixels[i]));
    }

    private static void Copy(Image from, Image to) => from.Pixels.CopyTo(to.Pixels, 0);
}
