using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>Where the bone of a CT lies, slab by slab, and what lies near it.</summary>
internal sealed class BoneInSlabs
{
    private const float CertainHu = 500;

    /// <summary>Where a slab cuts the skull aslant its mean is low; but it lies outside the cavity.</summary>
    private const float OutsideHu = 280;
    private const double ContextMm = 6;

    private readonly SlabStack _stack;
    private readonly Mask[] _bone;
    private readonly (int First, int Last)[] _context;

    /// <param name="stack">The slabs.</param>
    /// <param name="cavity">The inside of the skull, one mask a slab.</param>
    public BoneInSlabs(SlabStack stack, Mask[] cavity)
    {
        _stack = stack;
        _bone = [.. stack.Slabs.Select((slab, i) => Find(slab.Hu, cavity[i]))];
        _context = [.. stack.Slabs.Select((_, i) => Context(stack.Slabs, i))];
    }

    /// <summary>Whether bone lies within a distance in the plane, in the slab itself, in its neighbours or in any within 6 mm.</summary>
    public bool IsNear(int slab, int x, int y, double mm)
    {
        var (across, down) = ((int)(mm / _stack.ColumnMm), (int)(mm / _stack.RowMm));
        for (var z = _context[slab].First; z <= _context[slab].Last; z++)
        {
            var bone = _bone[z];
            for (var j = Math.Max(0, y - down); j <= Math.Min(bone.Height - 1, y + down); j++)
                for (var i = Math.Max(0, x - across); i <= Math.Min(bone.Width - 1, x + across); i++)
                    if (bone.Pixels[j * bone.Width + i] && IsWithin((i - x) * _stack.ColumnMm, (j - y) * _stack.RowMm, mm))
                        return true;
        }
        return false;
    }

    private static bool IsWithin(double x, double y, double mm) => x * x + y * y <= mm * mm;

    private static Mask Find(Image hu, Mask cavity)
    {
        var bone = new Mask(hu.Width, hu.Height);
        for (var i = 0; i < hu.Pixels.Length; i++)
            bone.Pixels[i] = hu.Pixels[i] > CertainHu || (hu.Pixels[i] > OutsideHu && !cavity.Pixels[i]);
        return bone;
    }

    private static (int First, int Last) Context(IReadOnlyList<Slab> slabs, int i)
    {
        var (first, last) = (Math.Max(0, i - 1), Math.Min(slabs.Count - 1, i + 1));
        while (first > 0 && slabs[i].Height - slabs[first - 1].Height <= ContextMm)
            first--;
        while (last < slabs.Count - 1 && slabs[last + 1].Height - slabs[i].Height <= ContextMm)
            last++;
        return (first, last);
    }
}
