using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>One slice of a <see cref="BrainStack"/> and its way to the generator and back, under the map it was given.</summary>
public sealed class StackSlice
{
    /// <summary>A disc of 36 mm: above the vertex there is scalp and no brain.</summary>
    private const double LeastHeadMm2 = 1000;

    private readonly HeadSlice _head;
    private readonly SliceMap _map;
    private readonly HuWindow _range;
    private readonly Mask? _shape;

    /// <param name="head">The slice.</param>
    /// <param name="referenceToSource">Reference pixel to source pixel; invertible.</param>
    /// <param name="range">Source values that become -1 and 1.</param>
    /// <param name="shape">On the reference's grid; outside it nothing is translated. Null: the slice's own head alone says.</param>
    internal StackSlice(HeadSlice head, AffineTransform2D referenceToSource, HuWindow range, Mask? shape) =>
        (_head, _map, _range, _shape) = (head, new(referenceToSource), range, shape);

    public VolumeSlice Source => _head.Slice;

    /// <summary>False where there is nothing to translate: a slice of air stays one.</summary>
    public bool HoldsHead => _head.Area >= LeastHeadMm2;

    /// <summary>256 x 256 in [-1, 1], -1 outside the head: what the generator sees.</summary>
    public float[] Input()
    {
        var clipped = Resampler.Cubic(Source.Image.Map(_range.ToUnit), _map.Linear, _map.ToSource, Reference.Side, Reference.Side, outside: -1);
        var mask = _shape ?? Resampler.Nearest(_head.Mask, _map.ToSource, Reference.Side, Reference.Side);
        return mask.Apply(clipped, -1).Pixels;
    }

    /// <param name="outputInReference">256 x 256, row-major; already in the units wanted.</param>
    /// <param name="outside">Value outside the head.</param>
    /// <returns>Row-major values of the source's matrix, resampled once.</returns>
    public float[] Restore(float[] outputInReference, float outside)
    {
        var (width, height) = (Source.Image.Width, Source.Image.Height);
        var restored = Resampler.Cubic(new(Reference.Side, Reference.Side, outputInReference), _map.Back, _map.ToReference, width, height, outside);
        var mask = _shape is null ? _head.Mask : _head.Mask.And(Resampler.Nearest(_shape, _map.ToReference, width, height));
        return mask.Apply(restored, outside).Pixels;
    }

    /// <summary>A slice of the source's matrix without anything in it.</summary>
    public float[] Empty(float outside)
    {
        var pixels = new float[Source.Image.Pixels.Length];
        Array.Fill(pixels, outside);
        return pixels;
    }
}
