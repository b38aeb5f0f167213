using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Distance in mm to the nearest voxel of some places, on a grid of about 2 mm (Felzenszwalb and Huttenlocher 2012), interpolated
/// between its points.</summary>
internal sealed class DepthField
{
    private const float Far = 1e6f;

    private readonly int _width;
    private readonly int _height;
    private readonly int _depth;
    private readonly Vector3 _step;
    private readonly Vector3 _origin;
    private readonly float[] _distance;

    public DepthField(Anatomy anatomy, Predicate<Place> near)
    {
        var every = new Vector3(Every(anatomy.Spacing.X), Every(anatomy.Spacing.Y), anatomy.Depth == 1 ? 1 : Every(anatomy.Spacing.Z));
        _step = every * anatomy.Spacing;
        _origin = anatomy.Origin;
        (_width, _height) = (Count(anatomy.Width, every.X), Count(anatomy.Height, every.Y));
        _depth = Count(anatomy.Depth, every.Z);
        _distance = new float[_width * _height * _depth];
        for (var i = 0; i < _distance.Length; i++)
        {
            var (x, y, z) = (i % _width * (int)every.X, i / _width % _height * (int)every.Y, i / _width / _height * (int)every.Z);
            _distance[i] = near(anatomy[x, y, z]) ? 0 : Far;
        }
        Pass(_width, 1, _height * _depth, line => line * _width, _step.X);
        Pass(_height, _width, _width * _depth, line => line / _width * _width * _height + line % _width, _step.Y);
        if (_depth > 1)
            Pass(_depth, _width * _height, _width * _height, line => line, _step.Z);
        for (var i = 0; i < _distance.Length; i++)
            _distance[i] = MathF.Sqrt(_distance[i]);
    }

    /// <summary>Distance at a point, mm.</summary>
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

    /// <summary>Unit vector in which the distance grows; zero where it is flat.</summary>
    public Vector3 Away(Vector3 point)
    {
        float Slope(Vector3 d) => At(point + d) - At(point - d);
        var slope = new Vector3(Slope(2 * Vector3.UnitX), Slope(2 * Vector3.UnitY), _depth == 1 ? 0 : Slope(2 * Vector3.UnitZ));
        return slope.LengthSquared() < 1e-4f ? Vector3.Zero : Vector3.Normalize(slope);
    }

    private static int Every(float spacing) => Math.Max(1, (int)MathF.Round(2 / spacing));

    private static int Count(int length, float every) => (length - 1) / (int)every + 1;

    private float Plane(int k, float x, float y, int i, int j)
    {
        var (right, down) = (Math.Min(i + 1, _width - 1), Math.Min(j + 1, _height - 1));
        var (top, bottom) = ((k * _height + j) * _width, (k * _height + down) * _width);
        var upper = _distance[top + i] + (x - i) * (_distance[top + right] - _distance[top + i]);
        var lower = _distance[bottom + i] + (x - i) * (_distance[bottom + right] - _distance[bottom + i]);
        return upper + (y - j) * (lower - upper);
    }

    /// <summary>Lower envelope of parabolas along every line of one axis; distances are squared.</summary>
    private void Pass(int length, int stride, int lines, Func<int, int> start, float step) => Parallel.For(0, lines, line =>
    {
        var (first, square) = (start(line), step * step);
        var (values, vertex, edge) = (new float[length], new int[length], new float[length + 1]);
        for (var i = 0; i < length; i++)
            values[i] = _distance[first + i * stride] / square;
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
            _distance[first + i * stride] = square * ((i - vertex[k]) * (i - vertex[k]) + values[vertex[k]]);
        }
    });
}
