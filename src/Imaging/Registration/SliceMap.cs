using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>The whole map between the reference's grid (1.0 mm) and a slice's own, in both directions: first
/// the deformation on the reference,
/// then the linear map.</summary>
public sealed class SliceMap
{
    /// <param name="linear">Reference pixel to source pixel; invertible.</param>
    /// <param name="field">Deforms the reference's grid before the linear map; null for a map that is only linear.</param>
    public SliceMap(AffineTransform2D linear, DisplacementField2D? field = null) =>
        (Linear, Field, Inverse, Back) = (linear, field, field?.Invert(), linear.Invert());

    /// <summary>Reference pixel to source pixel, without the deformation.</summary>
    public AffineTransform2D Linear { get; }

    /// <summary>Source pixel to reference pixel, without the deformation.</summary>
    public AffineTransform2D Back { get; }

    /// <summary>The deformation on the reference's grid; null if there is none.</summary>
    public DisplacementField2D? Field { get; }

    /// <summary>Its inverse on the same grid.</summary>
    public DisplacementField2D? Inverse { get; }

    /// <summary>Reference pixel to source pixel.</summary>
    public (double X, double Y) ToSource(double x, double y)
    {
        var (px, py) = Field?.Apply(x, y) ?? (x, y);
        return Linear.Apply(px, py);
    }

    /// <summary>Source pixel to reference pixel; exact also between pixels of the inverse.</summary>
    public (double X, double Y) ToReference(double x, double y)
    {
        var (px, py) = Back.Apply(x, y);
        return Field?.ApplyInverse(px, py, Inverse!.At(px, py)) ?? (px, py);
    }
}
