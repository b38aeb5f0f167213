using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Puts a shape onto the grid of an anatomy.</summary>
internal static class MaskPainter
{
    /// <param name="anatomy">The grid and its places.</param>
    /// <param name="shape">What to paint.</param>
    /// <param name="allowed">Places that it covers; their own borders stay as sharp as the anatomy is.</param>
    /// <param name="blur">Standard deviation of the edge, mm.</param>
    /// <returns>Null where nothing of the shape lies in its places on the grid.</returns>
    public static SoftMask? Paint(Anatomy anatomy, Shape shape, Predicate<Place> allowed, float blur)
    {
        var margin = new Vector3(3 * blur);
        var (start, size) = Box(anatomy, shape.Low - margin, shape.High + margin);
        var (values, weights) = (new float[size.X * size.Y * size.Z], new float[size.X * size.Y * size.Z]);
        var width = anatomy.Spacing.X;
        ForEach(anatomy, start, size, (i, point, place) =>
        {
            if (!allowed(place))
                return;
            values[i] = Math.Clamp(0.5f - shape.Distance(point) / width, 0, 1);
            weights[i] = 1;
        });
        if (!values.Any(value => value > 0))
            return null;
        var sigma = (blur / anatomy.Spacing.X, blur / anatomy.Spacing.Y, anatomy.Depth == 1 ? 0 : blur / anatomy.Spacing.Z);
        BoxBlur.Apply(values, size, sigma);
        BoxBlur.Apply(weights, size, sigma);
        ForEach(anatomy, start, size, (i, _, place) => values[i] = allowed(place) ? Math.Min(1, values[i] / weights[i]) : 0);
        return new(start, size, values);
    }

    private static ((int X, int Y, int Z) Start, (int X, int Y, int Z) Size) Box(Anatomy anatomy, Vector3 low, Vector3 high)
    {
        var (a, b) = ((low - anatomy.Origin) / anatomy.Spacing, (high - anatomy.Origin) / anatomy.Spacing);
        var (x, y, z) = (Side(a.X, b.X, anatomy.Width), Side(a.Y, b.Y, anatomy.Height), Side(a.Z, b.Z, anatomy.Depth));
        return ((x.Start, y.Start, z.Start), (x.Count, y.Count, z.Count));

        static (int Start, int Count) Side(float low, float high, int length)
        {
            var start = Math.Clamp((int)MathF.Floor(low), 0, length);
            return (start, Math.Max(0, Math.Min(length, (int)MathF.Ceiling(high) + 1) - start));
        }
    }

    private static void ForEach(
        Anatomy anatomy, (int X, int Y, int Z) start, (int X, int Y, int Z) size, Action<int, Vector3, Place> visit) =>
        Parallel.For(0, size.Z, k =>
        {
            for (var j = 0; j < size.Y; j++)
                for (var i = 0; i < size.X; i++)
                {
                    var (x, y, z) = (start.X + i, start.Y + j, start.Z + k);
                    visit((k * size.Y + j) * size.X + i, anatomy.At(x, y, z), anatomy[x, y, z]);
                }
        });
}
