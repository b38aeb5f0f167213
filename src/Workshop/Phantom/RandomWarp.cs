using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;

namespace Gateway.Workshop.Phantom;

/// <summary>
/// A known map of one 256 x 256 grid onto another: first a smooth diffeomorphism (the exponential of a random velocity field), then a
/// linear map. Both directions are known to a few hundredths of a pixel. Registration is tested on pictures warped by it.
/// </summary>
public sealed class RandomWarp
{
    private const int Side = Reference.Side;
    private const int Squarings = 7;
    private const double Reach = 80;
    private const double Centre = (Side - 1) / 2.0;

    private readonly AffineTransform2D _linear;
    private readonly AffineTransform2D _back;
    private readonly DisplacementField2D _forth;
    private readonly DisplacementField2D _home;

    /// <param name="seed">The same seed gives the same diffeomorphism: noise smoothed by a Gaussian of 16 to 28
    /// px. Within 80 px of the middle
    /// its fastest pixel moves 4 to 12 px.</param>
    /// <param name="linear">The linear map that follows; must be invertible.</param>
    public RandomWarp(int seed, AffineTransform2D linear)
    {
        var random = new Random(seed);
        (_linear, _back) = (linear, linear.Invert());
        var velocity = Velocity(random, smoothness: 16 + 12 * random.NextDouble(), peak: 4 + 8 * random.NextDouble());
        (_forth, _home) = (Exponential(velocity, 1), Exponential(velocity, -1));
    }

    /// <summary>Adds a linear map of up to 15 degrees, 10 mm, scale 0.9 to 1.1 and a little shear, drawn from the same seed.</summary>
    public static RandomWarp Sample(int seed)
    {
        var random = new Random(~seed);
        return new(seed, AffineTransform2D
            .Similarity(Uniform(-15, 15), Uniform(0.9, 1.1), Centre, Centre, Uniform(-10, 10), Uniform(-10, 10))
            .Then(AffineTransform2D.About(Centre, Centre, 1, Uniform(-0.05, 0.05), 0, Uniform(0.96, 1.04), 0, 0)));

        double Uniform(double low, double high) => low + (high - low) * random.NextDouble();
    }

    /// <summary>Smallest change of area of the diffeomorphism.</summary>
    public double LeastJacobian => _forth.Jacobian().Pixels.Min();

    /// <summary>First grid's pixel to second's.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        var (px, py) = _forth.Apply(x, y);
        return _linear.Apply(px, py);
    }

    /// <summary>Second grid's pixel to first's.</summary>
    public (double X, double Y) Back(double x, double y)
    {
        var (px, py) = _back.Apply(x, y);
        return _home.Apply(px, py);
    }

    private static DisplacementField2D Velocity(Random random, double smoothness, double peak)
    {
        var field = new DisplacementField2D(Side, Side);
        foreach (var part in (float[][])[field.X, field.Y])
        {
            for (var i = 0; i < part.Length; i++)
                part[i] = (float)(random.NextDouble() - 0.5);
            GaussianFilter.Apply(new(Side, Side, part), smoothness, smoothness).Pixels.CopyTo(part, 0);
        }
        var largest = Enumerable.Range(0, field.X.Length)
            .Where(i => Math.Pow(i % Side - Centre, 2) + Math.Pow(i / Side - Centre, 2) < Reach * Reach)
            .Max(i => Math.Sqrt(field.X[i] * field.X[i] + field.Y[i] * field.Y[i]));
        for (var i = 0; i < field.X.Length; i++)
            (field.X[i], field.Y[i]) = ((float)(field.X[i] * peak / largest), (float)(field.Y[i] * peak / largest));
        return field;
    }

    /// <summary>Scaling and squaring: a 128th of the velocity, doubled seven times.</summary>
    private static DisplacementField2D Exponential(DisplacementField2D velocity, int sign)
    {
        var field = new DisplacementField2D(Side, Side);
        for (var i = 0; i < field.X.Length; i++)
            (field.X[i], field.Y[i]) = (sign * velocity.X[i] / (1 << Squarings), sign * velocity.Y[i] / (1 << Squarings));
        for (var n = 0; n < Squarings; n++)
            field = Twice(field);
        return field;
    }

    private static DisplacementField2D Twice(DisplacementField2D field)
    {
        var result = new DisplacementField2D(Side, Side);
        for (var i = 0; i < result.X.Length; i++)
        {
            var (x, y) = field.At(i % Side + field.X[i], i / Side + field.Y[i]);
            (result.X[i], result.Y[i]) = ((float)(field.X[i] + x), (float)(field.Y[i] + y));
        }
        return result;
    }
}
