using Gateway.Imaging.Grids;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>
/// How much inside the skull of a CT is as bright as blood with a contrast agent: above 105 HU, where acute blood ends, and below what is
/// certainly bone. What lies near bone may be its partial volume and does not count; nor do the surroundings of metal. What is compact
/// counts little: it may be a calcification, while vessels are long.
/// </summary>
internal static class EnhancedBlood
{
    public const double BelowMm = 45;
    public const double AboveMm = 95;

    /// <summary>Below the lowest slab that is judged: bone there explains what is bright.</summary>
    public const double ContextMm = 6;

    private const float LeastHu = 105;
    private const float MetalHu = 2500;
    private const double MetalMm2 = 4;

    /// <summary>Slabs below this height show the base of the skull, whose bones are thin and lie aslant.</summary>
    private const double BaseMm = -8;

    /// <summary>Below this height brains hardly calcify.</summary>
    private const double CalcifiedMm = -12;
    private const double FromBoneMm = 2.5;
    private const double FromBaseMm = 5;

    /// <summary>Diagonals, mm, of a component that counts nothing and of one that counts in full.</summary>
    private static readonly (double Compact, double Long) Below = (10, 25);
    private static readonly (double Compact, double Long) Above = (25, 45);

    /// <param name="levels">Slices of CT, from the feet.</param>
    /// <param name="chosen">Index of the chosen slice.</param>
    /// <returns>Millilitres; 0 where no brain is seen.</returns>
    public static double Millilitres(IReadOnlyList<SliceLevel> levels, int chosen)
    {
        var stack = new SlabStack(levels, chosen, BelowMm + ContextMm, AboveMm);
        return BrainCavity.Of(stack) is { } cavity
            ? Components3D.Of(Bright(stack, cavity)).Sum(component => Weighted(component, stack))
            : 0;
    }

    /// <summary>Voxels of the right brightness that nothing else explains; one mask a slab.</summary>
    internal static Mask[] Bright(SlabStack stack, Mask[] cavity)
    {
        var (slabs, bone) = (stack.Slabs, new BoneInSlabs(stack, cavity));
        var metal = slabs.Select(slab => Count(slab.Hu, MetalHu) * stack.ColumnMm * stack.RowMm > MetalMm2).ToArray();
        var bright = slabs.Select((slab, i) => IsJudged(i) ? BrightIn(i) : new Mask(stack.Width, stack.Height)).ToArray();
        var beside = FromBaseMm + 1.5 * stack.ColumnMm;
        RemovePartialVolume(bright, slabs.Count(slab => slab.Height < BaseMm), (z, x, y) => bone.IsNear(z, x, y, beside));
        return bright;

        // The outermost slabs lack a neighbour that would tell bone above or below.
        bool IsJudged(int i) => i > 0 && i < slabs.Count - 1 && slabs[i].Height >= -BelowMm && !metal.AsSpan(i - 1, 3).Contains(true);

        Mask BrightIn(int i)
        {
            var (result, hu) = (new Mask(stack.Width, stack.Height), slabs[i].Hu.Pixels);
            for (var at = 0; at < hu.Length; at++)
                result.Pixels[at] = hu[at] >= LeastHu && cavity[i].Pixels[at]
                    && !bone.IsNear(i, at % stack.Width, at / stack.Width, slabs[i].Height < BaseMm ? FromBaseMm : FromBoneMm);
            return result;
        }
    }

    private static int Count(Image image, float above)
    {
        var count = 0;
        foreach (var value in image.Pixels)
            count += value > above ? 1 : 0;
        return count;
    }

    /// <summary>In the lowest slabs, what reaches to the surroundings of bone is its partial volume. Higher up it may be a sinus.</summary>
    private static void RemovePartialVolume(Mask[] bright, int slabs, Func<int, int, int, bool> besideBone)
    {
        if (slabs == 0)
            return;
        var (width, area) = (bright[0].Width, bright[0].Pixels.Length);
        foreach (var component in Components3D.Of(bright[..slabs]))
            if (Array.Exists(component, voxel => besideBone(voxel / area, voxel % area % width, voxel % area / width)))
                foreach (var voxel in component)
                    bright[voxel / area].Pixels[voxel % area] = false;
    }

    /// <summary>Millilitres of a component, less where it is compact.</summary>
    private static double Weighted(int[] component, SlabStack stack)
    {
        var (width, area) = (stack.Width, stack.Width * stack.Height);
        var volume = component.Sum(voxel => stack.Slabs[voxel / area].Thickness) * stack.ColumnMm * stack.RowMm / 1000;
        var (across, down) = (Extent(voxel => voxel % area % width) * stack.ColumnMm, Extent(voxel => voxel % area / width) * stack.RowMm);
        var slabs = component.Select(voxel => stack.Slabs[voxel / area]).Distinct().ToArray();
        var diagonal = Math.Sqrt(across * across + down * down + Math.Pow(slabs.Sum(slab => slab.Thickness), 2));
        var (compact, full) = slabs.Max(slab => slab.Height) < CalcifiedMm ? Below : Above;
        return volume * Math.Clamp((diagonal - compact) / (full - compact), 0, 1);

        int Extent(Func<int, int> place) => component.Max(place) - component.Min(place) + 1;
    }
}
