using System.Collections;

namespace Gateway.Imaging.Grids;

/// <summary>A mask in an eighth of its memory, for those that are kept for every slice of a volume.</summary>
internal sealed class PackedMask(Mask mask)
{
    private readonly (int Width, int Height) _size = (mask.Width, mask.Height);
    private readonly BitArray _bits = new(mask.Pixels);

    public Mask Unpack()
    {
        var pixels = new bool[_bits.Length];
        _bits.CopyTo(pixels, 0);
        return new(_size.Width, _size.Height, pixels);
    }
}
