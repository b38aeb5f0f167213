namespace Gateway.Imaging.Grids;

/// <summary>Set operations on masks. Distances are in the unit of the pixel sizes given, exact to the pixel (Felzenszwalb and Huttenlocher
/// 2012).</summary>
public static class Morphology
{
    private const double Far = 1e20;

    public static Mask Dilate(Mask mask, double radius, double pixelWidth = 1, double pixelHeight = 1) =>
        Within(SquaredDistance(mask, inside: true, pixelWidth, pixelHeight), mask, radius);

    public static Mask Erode(Mask mask, double radius, double pixelWidth = 1, double pixelHeight = 1)
    {
        var distance = SquaredDistance(mask, inside: false, pixelWidth, pixelHeight);
        var result = new Mask(mask.Width, mask.Height);
        for (var i = 0; i < distance.Length; i++)
            result.Pixels[i] = distance[i] > radius * radius;
        return result;
    }

    /// <summary>The largest 4-connected component; empty for an empty set.</summary>
    public static Mask LargestComponent(Mask mask)
    {
        var labels = new int[mask.Pixels.Length];
        var (best, bestSize, next) = (0, 0, 0);
        for (var seed = 0; seed < labels.Length; seed++)
        {
            if (!mask.Pixels[seed] || labels[seed] != 0)
                continue;
            var size = Flood(mask, seed, ++next, labels);
            if (size > bestSize)
                (best, bestSize) = (next, size);
        }
        var result = new Mask(mask.Width, mask.Height);
        for (var i = 0; i < labels.Length; i++)
            result.Pixels[i] = best != 0 && labels[i] == best;
        return result;
    }

    /// <summary>Number of pixels of each 4-connected component.</summary>
    public static IReadOnlyList<int> ComponentSizes(Mask mask)
    {
        var (labels, sizes) = (new int[mask.Pixels.Length], new List<int>());
        for (var seed = 0; seed < labels.Length; seed++)
            if (mask.Pixels[seed] && labels[seed] == 0)
                sizes.Add(Flood(mask, seed, sizes.Count + 1, labels));
        return sizes;
    }

    /// <summary>The 4-connected components.</summary>
    public static IReadOnlyList<Mask> Components(Mask mask)
    {
        var (labels, found) = (new int[mask.Pixels.Length], new List<Mask>());
        for (var seed = 0; seed < labels.Length; seed++)
        {
            if (!mask.Pixels[seed] || labels[seed] != 0)
                continue;
            Flood(mask, seed, found.Count + 1, labels);
            found.Add(new(mask.Width, mask.Height, Array.ConvertAll(labels, label => label == found.Count + 1)));
        }
        return found;
    }

    /// <summary>Adds everything that cannot be reached from the image's border.</summary>
    public static Mask FillHoles(Mask mask)
    {
        var outside = new Mask(mask.Width, mask.Height, [.. mask.Pixels.Select(inside => !inside)]);
        var labels = new int[mask.Pixels.Length];
        for (var x = 0; x < mask.Width; x++)
            foreach (var border in (int[])[x, (mask.Height - 1) * mask.Width + x])
                if (outside.Pixels[border] && labels[border] == 0)
                    Flood(outside, border, 1, labels);
        for (var y = 0; y < mask.Height; y++)
            foreach (var border in (int[])[y * mask.Width, y * mask.Width + mask.Width - 1])
                if (outside.Pixels[border] && labels[border] == 0)
                    Flood(outside, border, 1, labels);
        return new(mask.Width, mask.Height, [.. labels.Select(label => label == 0)]);
    }

    private static int Flood(Mask mask, int seed, int label, int[] labels)
    {
        var stack = new Stack<int>([seed]);
        labels[seed] = label;
        var size = 0;
        while (stack.TryPop(out var at))
        {
            size++;
            var (x, y) = (at % mask.Width, at / mask.Width);
            Visit(x > 0, at - 1);
            Visit(x < mask.Width - 1, at + 1);
            Visit(y > 0, at - mask.Width);
            Visit(y < mask.Height - 1, at + mask.Width);
        }
        return size;

        void Visit(bool exists, int neighbour)
        {
            if (!exists || !mask.Pixels[neighbour] || labels[neighbour] != 0)
                return;
            labels[neighbour] = label;
            stack.Push(neighbour);
        }
    }

    private static Mask Within(double[] distance, Mask mask, double radius)
    {
        var result = new Mask(mask.Width, mask.Height);
        for (var i = 0; i < distance.Length; i++)
            result.Pixels[i] = distance[i] <= radius * radius;
        return result;
    }

    /// <summary>Squared distance of every pixel to the nearest pixel whose membership is <paramref name="inside"/>.</summary>
    private static double[] SquaredDistance(Mask mask, bool inside, double pixelWidth, double pixelHeight)
    {
        var (width, height) = (mask.Width, mask.Height);
        var distance = new double[mask.Pixels.Length];
        for (var i = 0; i < distance.Length; i++)
            distance[i] = mask.Pixels[i] == inside ? 0 : Far;
        var length = Math.Max(width, height);
        var (line, envelope, vertex, border) = (new double[length], new double[length], new int[length], new double[length + 1]);
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
                line[y] = distance[y * width + x];
            LowerEnvelope(line.AsSpan(0, height), pixelHeight, envelope, vertex, border);
            for (var y = 0; y < height; y++)
                distance[y * width + x] = envelope[y];
        }
        for (var y = 0; y < height; y++)
        {
            LowerEnvelope(distance.AsSpan(y * width, width), pixelWidth, envelope, vertex, border);
            envelope.AsSpan(0, width).CopyTo(distance.AsSpan(y * width));
        }
        return distance;
    }

    private static void LowerEnvelope(ReadOnlySpan<double> values, double step, double[] result, int[] vertex, double[] border)
    {
        if (!values.ContainsAnyExcept(values[0]))
        {
            result.AsSpan(0, values.Length).Fill(values[0]);
            return;
        }
        var last = 0;
        (vertex[0], border[0], border[1]) = (0, double.NegativeInfinity, double.PositiveInfinity);
        var scale = step * step;
        for (var q = 1; q < values.Length; q++)
        {
            var meet = Meet(values, vertex[last], q, scale);
            while (meet <= border[last])
                meet = Meet(values, vertex[--last], q, scale);
            vertex[++last] = q;
            (border[last], border[last + 1]) = (meet, double.PositiveInfinity);
        }
        for (int q = 0, k = 0; q < values.Length; q++)
        {
            while (border[k + 1] < q)
                k++;
            result[q] = scale * (q - vertex[k]) * (q - vertex[k]) + values[vertex[k]];
        }
    }

    private static double Meet(ReadOnlySpan<double> values, int p, int q, double scale) =>
        (values[q] / scale + (double)q * q - values[p] / scale - (double)p * p) / (2.0 * (q - p));
}
