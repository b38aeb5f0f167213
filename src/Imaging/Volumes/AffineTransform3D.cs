namespace Gateway.Imaging.Volumes;

/// <summary>An affine map of space: p' = X x + Y y + Z z + Origin. The caller decides what the coordinates are:
/// voxels (centres at whole numbers)
/// or patient mm.</summary>
/// <param name="X">Where a step of 1 along the first coordinate leads.</param>
/// <param name="Y">Where a step of 1 along the second coordinate leads.</param>
/// <param name="Z">Where a step of 1 along the third coordinate leads.</param>
/// <param name="Origin">Where (0, 0, 0) lies.</param>
public readonly record struct AffineTransform3D(Vector3D X, Vector3D Y, Vector3D Z, Vector3D Origin)
{
    public static AffineTransform3D Identity { get; } = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>Factor by which volumes change; negative for a map that mirrors.</summary>
    public double Determinant => X.Cross(Y).Dot(Z);

    /// <summary>A map given by its linear part about a centre: q = M (p - centre) + centre + shift.</summary>
    public static AffineTransform3D About(Vector3D centre, Vector3D x, Vector3D y, Vector3D z, Vector3D shift) =>
        new(x, y, z, centre + shift - x * centre.X - y * centre.Y - z * centre.Z);

    /// <summary>Rotation about a centre by the vector's length (radians) around its direction, right-handed.</summary>
    public static AffineTransform3D Rotation(Vector3D vector, Vector3D centre)
    {
        var angle = vector.Length;
        if (angle < 1e-12)
            return Identity;
        var (axis, (sin, cos)) = (vector / angle, Math.SinCos(angle));
        return About(centre, Turn(new(1, 0, 0)), Turn(new(0, 1, 0)), Turn(new(0, 0, 1)), default);

        Vector3D Turn(Vector3D v) => v * cos + axis.Cross(v) * sin + axis * (axis.Dot(v) * (1 - cos));
    }

    public Vector3D Apply(Vector3D p) => Direction(p) + Origin;

    /// <summary>Applies the linear part alone, as needed for steps and directions.</summary>
    public Vector3D Direction(Vector3D p) => X * p.X + Y * p.Y + Z * p.Z;

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public AffineTransform3D Then(AffineTransform3D next) =>
        new(next.Direction(X), next.Direction(Y), next.Direction(Z), next.Apply(Origin));

    /// <exception cref="InvalidOperationException">The map is singular.</exception>
    public AffineTransform3D Invert()
    {
        var d = Determinant;
        if (!double.IsFinite(1 / d))
            throw new InvalidOperationException("A singular map has no inverse.");
        var (a, b, c) = (Y.Cross(Z) / d, Z.Cross(X) / d, X.Cross(Y) / d);
        var linear = new AffineTransform3D(new(a.X, b.X, c.X), new(a.Y, b.Y, c.Y), new(a.Z, b.Z, c.Z), default);
        return linear with { Origin = -linear.Direction(Origin) };
    }
}
