namespace Gateway.Imaging.Grids;

/// <summary>x' = Xx x + Xy y + X0, y' = Yx x + Yy y + Y0. The caller decides what the coordinates are: pixels (centres at whole numbers) or
/// mm.</summary>
public readonly record struct AffineTransform2D(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    public static AffineTransform2D Identity { get; } = new(1, 0, 0, 0, 1, 0);

    public double Determinant => Xx * Yy - Xy * Yx;

    /// <summary>Square root of the change of area, always positive.</summary>
    public double Scale => Math.Sqrt(Math.Abs(Determinant));

    /// <summary>Rotation of the closest similarity, -180..180 degrees; for a mirroring map, the rotation of its mirror image.</summary>
    public double RotationDegrees
    {
        get
        {
            var mirror = Determinant < 0 ? -1 : 1;
            return Math.Atan2(Yx * mirror - Xy, Xx * mirror + Yy) * 180 / Math.PI;
        }
    }

    public static AffineTransform2D Translation(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>A map given by its linear part about a centre: q = M (p - centre) + centre + shift.</summary>
    public static AffineTransform2D About(
        double centreX, double centreY, double xx, double xy, double yx, double yy, double shiftX, double shiftY) =>
        new(xx, xy, centreX + shiftX - xx * centreX - xy * centreY, yx, yy, centreY + shiftY - yx * centreX - yy * centreY);

    /// <summary>Rotation by an angle (from x to y) and scale about a centre.</summary>
    public static AffineTransform2D Similarity(
        double degrees, double scale, double centreX, double centreY, double shiftX = 0, double shiftY = 0)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return About(centreX, centreY, scale * cos, -scale * sin, scale * sin, scale * cos, shiftX, shiftY);
    }

    public (double X, double Y) Apply(double x, double y) => (Xx * x + Xy * y + X0, Yx * x + Yy * y + Y0);

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public AffineTransform2D Then(AffineTransform2D next)
    {
        var (x0, y0) = next.Apply(X0, Y0);
        return new(
            next.Xx * Xx + next.Xy * Yx, next.Xx * Xy + next.Xy * Yy, x0,
            next.Yx * Xx + next.Yy * Yx, next.Yx * Xy + next.Yy * Yy, y0);
    }

    /// <exception cref="InvalidOperationException">The map is singular.</exception>
    public AffineTransform2D Invert()
    {
        var d = Determinant;
        if (!double.IsFinite(1 / d))
            throw new InvalidOperationException("A singular map has no inverse.");
        return new(Yy / d, -Xy / d, (Xy * Y0 - Yy * X0) / d, -Yx / d, Xx / d, (Yx * X0 - Xx * Y0) / d);
    }
}
