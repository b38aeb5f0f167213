using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>A smooth quantity that follows from where some places lie, on a grid of about 2 mm, interpolated between its
/// points.</summary>
internal sealed class CoarseField
{
    private const float Far = 1e6f;

    private readonly int _width;
    private readonly int _height;
    private readonly int _depth;
    private readonly Vector3 _step;
    private readonly Vector3 _origin;
    private readonly float[] _values;

    /// <summary>One value where the places are and another elsewhere.</summary>
    private CoarseField(Anatomy anatomy, Predicate<Place> wanted, float there, float elsewhere)
    {
        var every = new Vector3(Every(anatomy.Spacing.X), Every(anatomy.Spacing.Y), anatomy.Depth == 1 ? 1 : Every(anatomy.Spacing.Z));
        _step = every * anatomy.Spacing;
        _origin = anatomy.Origin;
        (_width, _height) = (Count(anatomy.Width, every.X), Count(anatomy.Height, every.Y));
        _depth = Count(anatomy.Depth, every.Z);
        _values = new float[_width * _height * _depth];
        for (var i = 0; i < _values.Length; i++)
        {
            var (x, y, z) = (i % _width * (int)every.X, i / _width % _height * (int)every.Y, i / _width / _height * (int)every.Z);
            _values[i] = wanted(anatomy[x, y, z]) ? there : elsewhere;
        }
    }

    /// <summary>Distance in mm to the nearest voxel of some places (Felzenszwalb and Huttenlocher 2012).</summary>
    public static CoarseField DistanceTo(Anatomy anatomy, Predicate<Place> wanted)
    {
        var field = new CoarseField(anatomy, wanted, there: 0, elsewhere: Far);
        field.Pass(field._width, 1, field._height * field._depth, line => line * field._width, field._step.X);
        field.Pass(field._height, field._width, field._width * field._depth,
            line => line / field._width * field._width * field._height + line % field._width, field._step.Y);
        if (field._depth > 1)
            field.Pass(field._depth, field._width * field._height, field._width * field._height, line => line, field._step.Z);
        for (var i = 0; i < field._values.Length; i++)
            field._values[i] = MathF.Sqrt(field._values[i]);
        return field;
    }

    /// <summary>The share of some places around each point, weighted by a Gaussian of a standard deviation in mm.</summary>
    public static CoarseField ShareOf(Anatomy anatomy, Predicate<Place> wanted, float sigma)
    {
        var field = new CoarseField(anatomy, wanted, there: 1, elsewhere: 0);
        BoxBlur.Apply(field._values, (field._width, field._height, field._depth),
            (sigma / field._step.X, sigma / field._step.Y, field._depth == 1 ? 0 : sigma / field._step.Z));
        return field;
    }

    /// <summary>The value at a point.</summary>
    public float At(Vector3 point)
    {
        var v = (point - _origin) / _step;
        var (x, y) = (Math.Clamp(v.X, 0, _width - 1), Math.Clamp(v.Y, 0, _height - 1));
        var z = _depth == 1 ? 0 : Math.Clamp(v.Z, 0, _depth - 1);
        var (i, j, k) = ((int)x, (int)y, (int)z);
        var low = Plane(k, x, y, i, j);
        var share = z - k;
        return share <= 0 ? low : low + (share * (Plane(Math.Min(k + 1, _depth - 1), x, y, i, j) - low));
    }

    /// <summary>Unit vector in which the value grows; zero where it is flat.</summary>
    public Vector3 Away(Vector3 point)
    {
        var slope = Gradient(point);
        return slope.LengthSquared() < 1e-5f ? Vector3.Zero : Vector3.Normalize(slope);
    }

    /// <summary>Growth of the value per mm, over 4 mm.</summary>
    public Vector3 Gradient(Vector3 point)
    {
        float Slope(Vector3 d) => (At(point + (2 * d)) - At(point - (2 * d))) / 4;
        return new(Slope(Vector3.UnitX), Slope(Vector3.UnitY), _depth == 1 ? 0 : Slope(Vector3.UnitZ));
    }

    private static int Every(float spacing) => Math.Max(1, (int)MathF.Round(2 / spacing));

    private static int Count(int length, float every) => (length - 1) / (int)every + 1;

    private float Plane(int k, float x, float y, int i, int j)
    {
        var (right, down) = (Math.Min(i + 1, _width - 1), Math.Min(j + 1, _height - 1));
        var (top, bottom) = ((k * _height + j) * _width, (k * _height + down) * _width);
        var upper = _values[top + i] + (x - i) * (_values[top + right] - _values[top + i]);
        var lower = _values[bottom + i] + (x - i) * (_values[bottom + right] - _values[bottom + i]);
        return upper + (y - j) * (lower - upper);
    }

    /// <summary>Lower envelope of parabolas along every line of one axis; distances are squared.</summary>
    private void Pass(int length, int stride, int lines, Func<int, int> start, float step) => Parallel.For(0, lines, line =>
    {
        var (first, square) = (start(line), step * step);
        var (values, vertex, edge) = (new float[length], new int[length], new float[length + 1]);
        for (var i = 0; i < length; i++)
            values[i] = _values[first + i * stride] / square;
        var k = 0;
        (edge[0], edge[1]) = (float.NegativeInfinity, float.PositiveInfinity);
        for (var q = 1; q < length; q++)
        {
            float Meet() => (values[q] + q * q - values[vertex[k]] - vertex[k] * vertex[k]) / (2 * (q - vertex[k]));
            var at = Meet();
            while (at <= edge[k])
            {
                k--;
                at = Meet();
            }
            (vertex[++k], edge[k], edge[k + 1]) = (q, at, float.PositiveInfinity);
        }
        k = 0;
        for (var i = 0; i < length; i++)
        {
            while (edge[k + 1] < i)
                k++;
            _values[first + i * stride] = square * ((i - vertex[k]) * (i - vertex[k]) + values[vertex[k]]);
        }
    });
}
