using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>A map of a grid onto itself: the displacement of every pixel, in pixels, which are mm on
/// a reference. Bilinear between pixels; the
/// border is repeated.</summary>
public sealed class DisplacementField2D(int width, int height)
{
    private const int InverseIterations = 50;
    private const double Still = 1e-4;

    /// <summary>Pixels along a row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Displacement to the right, pixels, row-major.</summary>
    public float[] X { get; } = new float[width * height];

    /// <summary>Displacement downwards, pixels, row-major.</summary>
    public float[] Y { get; } = new float[width * height];

    /// <summary>The point that a point is mapped to.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        var (dx, dy) = At(x, y);
        return (x + dx, y + dy);
    }

    /// <summary>Displacement at a point, pixels.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var (clampedX, clampedY) = (Math.Clamp(x, 0, Width - 1), Math.Clamp(y, 0, Height - 1));
        var (left, top) = (Math.Min((int)clampedX, Width - 2), Math.Min((int)clampedY, Height - 2));
        var (fx, fy) = (clampedX - left, clampedY - top);
        var at = top * Width + left;
        return (Between(X, at, fx, fy), Between(Y, at, fx, fy));
    }

    /// <summary>The inverse map w, with w(q) = -u(q + w(q)), found by Newton's steps with this field's own slopes.</summary>
    public DisplacementField2D Invert()
    {
        var inverse = new DisplacementField2D(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                // The neighbour's solution is a good start.
                var at = y * Width + x;
                var (wx, wy) = x > 0 ? (inverse.X[at - 1], inverse.Y[at - 1])
                    : y > 0 ? (inverse.X[at - Width], inverse.Y[at - Width]) : (-X[at], -Y[at]);
                var (px, py) = ApplyInverse(x, y, (wx, wy));
                (inverse.X[at], inverse.Y[at]) = ((float)(px - x), (float)(py - y));
            }
        }
        return inverse;
    }

    /// <summary>Change of area at every pixel: 1 keeps it; 0 or less is a fold. Central differences, one-sided at the border.</summary>
    public Image Jacobian()
    {
        var result = new Image(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var (above, below) = (Math.Max(y - 1, 0), Math.Min(y + 1, Height - 1));
            for (var x = 0; x < Width; x++)
            {
                var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, Width - 1));
                var (across, down) = (1f / (right - left), Width * 1f / ((below - above) * Width));
                var (row, column) = (y * Width, x);
                var (xx, yx) = ((X[row + right] - X[row + left]) * across, (Y[row + right] - Y[row + left]) * across);
                var (xy, yy) =
                    ((X[below * Width + column] - X[above * Width + column]) * down,
                        (Y[below * Width + column] - Y[above * Width + column]) * down);
                result[x, y] = (1 + xx) * (1 + yy) - xy * yx;
            }
        }
        return result;
    }

    /// <summary>The point that is mapped to a given point: p with p + u(p) = q, found by Newton's steps.</summary>
    /// <param name="x">Coordinate of q.</param>
    /// <param name="y">Coordinate of q.</param>
    /// <param name="near">A guess of p - q.</param>
    public (double X, double Y) ApplyInverse(double x, double y, (double X, double Y) near)
    {
        var (wx, wy) = near;
        for (var i = 0; i < InverseIterations; i++)
        {
            var (px, py) = (x + wx, y + wy);
            var (ux, uy) = At(px, py);
            var (ex, ey) = (wx + ux, wy + uy);
            if (Math.Abs(ex) + Math.Abs(ey) < Still)
                break;
            var ((rightX, rightY), (belowX, belowY)) = (At(px + 1, py), At(px, py + 1));
            var ((leftX, leftY), (aboveX, aboveY)) = (At(px - 1, py), At(px, py - 1));
            var (xx, yx, xy, yy) = (1 + (rightX - leftX) / 2, (rightY - leftY) / 2, (belowX - aboveX) / 2, 1 + (belowY - aboveY) / 2);
            var area = Math.Max(xx * yy - xy * yx, 0.1);
            wx -= (yy * ex - xy * ey) / area;
            wy -= (xx * ey - yx * ex) / area;
        }
        return (x + wx, y + wy);
    }

    private double Between(float[] values, int at, double fx, double fy)
    {
        var upper = values[at] + fx * (values[at + 1] - values[at]);
        var lower = values[at + Width] + fx * (values[at + Width + 1] - values[at + Width]);
        return upper + fy * (lower - upper);
    }
}
