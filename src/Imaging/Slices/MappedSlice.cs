using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>One slice under its map to the reference. The chosen slice and all others
/// of a <see cref="BrainStack"/> go to the generator and back
/// only through here.</summary>
public sealed class MappedSlice
{
    /// <summary>The area of a disc of 36 mm: above the vertex there is scalp and no brain.</summary>
    private const double LeastHeadMm2 = 1000;

    private readonly Mask? _shape;
    private readonly Lazy<PackedMask> _headOnReference;
    private readonly Lazy<PackedMask> _sourceMask;

    /// <param name="head">The slice.</param>
    /// <param name="map">Between the reference's grid and the slice's own.</param>
    /// <param name="range">Source values that become -1 and 1.</param>
    /// <param name="shape">Mask on the reference's grid outside of which nothing is translated; null: the slice's
    /// own head is the mask.</param>
    internal MappedSlice(HeadSlice head, SliceMap map, GreyRange range, Mask? shape)
    {
        (Head, Map, Range, _shape) = (head, map, range, shape);
        _headOnReference = new(() => new(Resampler.Nearest(head.Mask, map.ToSource, Reference.Side, Reference.Side)));
        _sourceMask = new(() => new(shape is null
            ? head.Mask
            : head.Mask.And(Resampler.Nearest(shape, map.ToReference, head.Slice.Width, head.Slice.Height))));
    }

    public HeadSlice Head { get; }

    public VolumeSlice Source => Head.Slice;

    /// <summary>Reference to source and back.</summary>
    public SliceMap Map { get; }

    /// <summary>The source's values that become -1 and 1.</summary>
    public GreyRange Range { get; }

    /// <summary>False where there is nothing to translate, as in a slice of air.</summary>
    public bool HoldsHead => Head.Area >= LeastHeadMm2;

    /// <summary>This slice's head on the reference's grid.</summary>
    public Mask HeadOnReference => _headOnReference.Value.Unpack();

    /// <summary>What the generator sees, on the reference's grid: this slice's head, or the reference's mask if the modality is masked by
    /// it.</summary>
    public Mask ReferenceMask => _shape ?? HeadOnReference;

    /// <summary>Where a translated slice may have values, on the source's grid.</summary>
    public Mask SourceMask => _sourceMask.Value.Unpack();

    /// <summary>256 x 256 in [-1, 1], -1 outside the head: what the generator sees.</summary>
    /// <remarks>Values are clipped before they are interpolated: windowed pictures in training sets are too.</remarks>
    public float[] Input() => ReferenceMask.Apply(OnReference(Source.Image.Map(Range.ToUnit), outside: -1), -1).Pixels;

    /// <param name="image">On the source's grid.</param>
    /// <param name="outside">Value of pixels outside the source.</param>
    /// <returns>256 x 256, resampled once.</returns>
    public Image OnReference(Image image, float outside) =>
        Resampler.Cubic(image, Map.Linear, Map.ToSource, Reference.Side, Reference.Side, outside);

    /// <param name="outputInReference">256 x 256, row-major, already in the units wanted.</param>
    /// <param name="outside">Value outside the head.</param>
    /// <returns>Row-major values of the source's matrix, resampled once.</returns>
    public float[] Restore(float[] outputInReference, float outside)
    {
        var output = new Image(Reference.Side, Reference.Side, outputInReference);
        var restored = Resampler.Cubic(output, Map.Back, Map.ToReference, Source.Width, Source.Height, outside);
        return SourceMask.Apply(restored, outside).Pixels;
    }

    /// <summary>An empty slice with the source's matrix.</summary>
    public float[] Empty(float outside)
    {
        var pixels = new float[Source.Width * Source.Height];
        Array.Fill(pixels, outside);
        return pixels;
    }

    /// <summary>Another slice of the same volume, on the same grey scale.</summary>
    internal MappedSlice Neighbour(HeadSlice head, SliceMap map) => new(head, map, Range, _shape);
}
