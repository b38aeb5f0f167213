namespace Gateway.Imaging.Grids;

/// <summary>Connected components of a set of voxels, given as one mask a slice, all of one size. Neighbours touch by a face, an edge or a
/// corner.</summary>
internal static class Components3D
{
    /// <param name="slices">At least one.</param>
    /// <returns>The voxels of each component, as indices into the slices laid one after the other; in the order of their first
    /// voxels.</returns>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<Mask> slices)
    {
        var area = slices[0].Pixels.Length;
        var open = new bool[slices.Count * area];
        for (var z = 0; z < slices.Count; z++)
            slices[z].Pixels.CopyTo(open, z * area);
        var found = new List<int[]>();
        var stack = new Stack<int>();
        for (var seed = Array.IndexOf(open, true); seed >= 0; seed = Array.IndexOf(open, true, seed))
            found.Add(Take(seed, open, (slices[0].Width, slices[0].Height, slices.Count), stack));
        return found;
    }

    private static int[] Take(int seed, bool[] open, (int Width, int Height, int Depth) size, Stack<int> stack)
    {
        var members = new List<int>();
        open[seed] = false;
        stack.Push(seed);
        while (stack.TryPop(out var at))
        {
            members.Add(at);
            var (x, row) = (at % size.Width, at / size.Width);
            var (y, z) = (row % size.Height, row / size.Height);
            for (var k = Math.Max(0, z - 1); k <= Math.Min(size.Depth - 1, z + 1); k++)
                for (var j = Math.Max(0, y - 1); j <= Math.Min(size.Height - 1, y + 1); j++)
                    for (var i = Math.Max(0, x - 1); i <= Math.Min(size.Width - 1, x + 1); i++)
                        Visit((k * size.Height + j) * size.Width + i);
        }
        return [.. members];

        void Visit(int index)
        {
            if (!open[index])
                return;
            open[index] = false;
            stack.Push(index);
        }
    }
}
