namespace Gateway.Imaging.Gates;

/// <summary>The usual value and the limit of one figure in one archive.</summary>
/// <param name="Usual">Median over the archive.</param>
/// <param name="Limit">A larger figure holds the series; it lies above <paramref name="Usual"/>.</param>
public sealed record AspectLimit(double Usual, double Limit)
{
    /// <summary>0 is usual, 1 is the limit.</summary>
    public double Exceedance(double figure) => (figure - Usual) / (Limit - Usual);
}
