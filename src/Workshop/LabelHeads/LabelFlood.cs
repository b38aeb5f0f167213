namespace Gateway.Workshop.LabelHeads;

/// <summary>Connected parts of a label map, over the six faces of a voxel.</summary>
internal static class LabelFlood
{
    /// <summary>The largest connected part that has any label.</summary>
    public static bool[] Largest(ushort[] labels, int width, int height, int depth)
    {
        var part = new int[labels.Length];
        var (best, most, next) = (0, 0, 0);
        for (var seed = 0; seed < labels.Length; seed++)
        {
            if (labels[seed] == 0 || part[seed] != 0)
                continue;
            var id = ++next;
            var size = Flood(seed, i => labels[i] != 0 && part[i] == 0, i => part[i] = id, width, height, depth);
            if (size > most)
                (best, most) = (id, size);
        }
        return Array.ConvertAll(part, id => id != 0 && id == best);
    }

    /// <summary>What is not of the head and can be reached from the first voxel.</summary>
    public static bool[] Outside(bool[] head, int width, int height, int depth)
    {
        var outside = new bool[head.Length];
        if (!head[0])
            Flood(0, i => !head[i] && !outside[i], i => outside[i] = true, width, height, depth);
        return outside;
    }

    /// <summary>The connected parts without a label inside the head.</summary>
    public static IEnumerable<IReadOnlyList<int>> Gaps(ushort[] labels, bool[] outside, int width, int height, int depth)
    {
        var seen = new bool[labels.Length];
        for (var seed = 0; seed < labels.Length; seed++)
        {
            if (labels[seed] != 0 || outside[seed] || seen[seed])
                continue;
            var gap = new List<int>();
            Flood(seed, i => labels[i] == 0 && !outside[i] && !seen[i], Take, width, height, depth);
            yield return gap;

            void Take(int i)
            {
                seen[i] = true;
                gap.Add(i);
            }
        }
    }

    private static int Flood(int seed, Func<int, bool> isOpen, Action<int> take, int width, int height, int depth)
    {
        var (stack, size, plane) = (new Stack<int>([seed]), 0, width * height);
        take(seed);
        while (stack.TryPop(out var at))
        {
            size++;
            var (x, y, z) = (at % width, at / width % height, at / plane);
            Visit(x > 0, at - 1);
            Visit(x < width - 1, at + 1);
            Visit(y > 0, at - width);
            Visit(y < height - 1, at + width);
            Visit(z > 0, at - plane);
            Visit(z < depth - 1, at + plane);
        }
        return size;

        void Visit(bool exists, int neighbour)
        {
            if (!exists || !isOpen(neighbour))
                return;
            take(neighbour);
            stack.Push(neighbour);
        }
    }
}
