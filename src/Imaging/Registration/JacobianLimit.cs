using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>Smooths a deformation only where it compresses or stretches the head too much, until it no longer does.</summary>
internal static class JacobianLimit
{
    // A little stricter than the gate, which allows 0.2 to 5.
    private const float Least = 0.25f;
    private const float Most = 4;
    private const double Reach = 3;
    private const int Rounds = 60;

    public static void Apply(DisplacementField2D field)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var where = field.Jacobian().Map(area => area is < Least or > Most ? 1 : 0);
            if (!where.Pixels.Contains(1))
                return;
            // Full smoothing within a few pixels of the place, none beyond.
            var share = GaussianFilter.Apply(where, Reach, Reach).Map(v => Math.Min(1, 20 * v));
            Blend(field.X, share, field.Width, field.Height);
            Blend(field.Y, share, field.Width, field.Height);
        }
    }

    private static void Blend(float[] part, Image share, int width, int height)
    {
        var smooth = GaussianFilter.Apply(new(width, height, part), Reach, Reach);
        for (var i = 0; i < part.Length; i++)
            part[i] += share.Pixels[i] * (smooth.Pixels[i] - part[i]);
    }
}
