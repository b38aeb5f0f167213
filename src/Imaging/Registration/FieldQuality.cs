using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>Measures of a deformation that need no known truth.</summary>
public sealed record FieldQuality
{
    /// <summary>Smallest change of area; 0 or less is a fold.</summary>
    public required double LeastJacobian { get; init; }

    /// <summary>Largest change of area.</summary>
    public required double MostJacobian { get; init; }

    /// <summary>Mean distance, mm, between a point and where it comes back to after the map and its inverse.</summary>
    public required double InverseError { get; init; }

    /// <summary>Largest such distance, mm.</summary>
    public required double WorstInverseError { get; init; }

    /// <param name="map">A map with a deformation; a linear one is perfect.</param>
    /// <param name="mask">Pixels of the reference's grid that count; not empty.</param>
    public static FieldQuality Of(SliceMap map, Mask mask)
    {
        if (map is not { Field: { } field, Inverse: { } inverse })
            return new() { LeastJacobian = 1, MostJacobian = 1, InverseError = 0, WorstInverseError = 0 };
        var (jacobian, least, most, sum, worst, count) = (field.Jacobian(), 1f, 1f, 0.0, 0.0, 0);
        for (var i = 0; i < mask.Pixels.Length; i++)
        {
            if (!mask.Pixels[i])
                continue;
            (least, most) = (Math.Min(least, jacobian.Pixels[i]), Math.Max(most, jacobian.Pixels[i]));
            var (x, y) = inverse.Apply(i % mask.Width, i / mask.Width);
            var (backX, backY) = field.Apply(x, y);
            var error = Math.Sqrt(Math.Pow(backX - i % mask.Width, 2) + Math.Pow(backY - i / mask.Width, 2));
            (sum, worst, count) = (sum + error, Math.Max(worst, error), count + 1);
        }
        return new() { LeastJacobian = least, MostJacobian = most, InverseError = sum / Math.Max(count, 1), WorstInverseError = worst };
    }
}
