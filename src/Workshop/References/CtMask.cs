using Gateway.Imaging.Grids;

namespace Gateway.Workshop.References;

/// <summary>
/// The paper's head mask, built once on the CT reference. Bone is eroded by 3 x 3 until one wide object is left. Its largest component is
/// dilated as often and five times more, and holes are filled. A table that touches the skull is taken for skull. References avoid that:
/// they average heads whose tables were removed before.
/// </summary>
public static class CtMask
{
    private const int MostErosions = 15;
    private const int ExtraDilations = 5;

    /// <param name="reference">[0, 1] of its HU window.</param>
    /// <param name="boneThreshold">Grey value from which a pixel counts as bone.</param>
    /// <returns>The mask and the number of erosions used.</returns>
    public static (Mask Mask, int Erosions) Build(Image reference, double boneThreshold)
    {
        var bone = Mask.Where(reference, value => value >= boneThreshold);
        var erosions = 0;
        while (erosions < MostErosions && WideObjects(bone) > 1)
        {
            bone = Square(bone, grow: false);
            erosions++;
        }
        var skull = Morphology.LargestComponent(bone);
        for (var i = 0; i < erosions + ExtraDilations; i++)
            skull = Square(skull, grow: true);
        return (Morphology.FillHoles(skull), erosions);
    }

    /// <summary>Components that are at least a third of the picture wide: the skull, and a table.</summary>
    private static int WideObjects(Mask bone)
    {
        var count = 0;
        for (var rest = bone; rest.Area > 0;)
        {
            var part = Morphology.LargestComponent(rest);
            var columns = Enumerable.Range(0, part.Width).Where(x => Enumerable.Range(0, part.Height).Any(y => part[x, y])).ToArray();
            if (part.Area < part.Width / 3)
                break;
            if (columns[^1] - columns[0] >= part.Width / 3)
                count++;
            rest = new(rest.Width, rest.Height, [.. rest.Pixels.Zip(part.Pixels, (a, b) => a && !b)]);
        }
        return count;
    }

    private static Mask Square(Mask mask, bool grow)
    {
        var result = new Mask(mask.Width, mask.Height);
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                result[x, y] = Neighbours(mask, x, y).Any(inside => inside == grow) == grow;
        return result;
    }

    private static IEnumerable<bool> Neighbours(Mask mask, int x, int y)
    {
        for (var v = Math.Max(0, y - 1); v <= Math.Min(mask.Height - 1, y + 1); v++)
            for (var u = Math.Max(0, x - 1); u <= Math.Min(mask.Width - 1, x + 1); u++)
                yield return mask[u, v];
    }
}
