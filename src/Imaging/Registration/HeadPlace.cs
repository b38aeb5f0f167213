using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>How a head lies in a volume.</summary>
public sealed class HeadPlace
{
    private readonly Lazy<double> _upsideDown;
    private readonly Lazy<double> _turnedRound;

    /// <param name="toMean">Patient mm to the mean head's mm.</param>
    /// <param name="ncc">Correlation with the mean head.</param>
    /// <param name="upsideDown">What it gains by lying upside down.</param>
    /// <param name="turnedRound">What it gains by lying turned front to back.</param>
    internal HeadPlace(AffineTransform3D toMean, double ncc, Func<double> upsideDown, Func<double> turnedRound)
    {
        (ToMean, Ncc, _upsideDown, _turnedRound) = (toMean, ncc, new(upsideDown), new(turnedRound));
        Middle = toMean.Invert().Apply(default);
    }

    /// <summary>Patient mm to the mean head's mm: a turn, one scale and a shift.</summary>
    public AffineTransform3D ToMean { get; }

    /// <summary>Correlation with the mean head at 4 mm.</summary>
    public double Ncc { get; }

    /// <summary>Correlation at 8 mm with the mean head upside down, less that with the upright one; found when it is asked for.</summary>
    public double UpsideDown => _upsideDown.Value;

    /// <summary>The same with the mean head turned front to back.</summary>
    public double TurnedRound => _turnedRound.Value;

    /// <summary>The point in the middle of the brain at the reference's level, patient mm.</summary>
    public Vector3D Middle { get; }

    /// <summary>The mean head's millimetres for one millimetre of the patient.</summary>
    public double Scale => Math.Cbrt(ToMean.Determinant);

    /// <summary>Angle between a direction of the patient and the mean head's axis from the feet to the head, degrees.</summary>
    public double Tilt(Vector3D up)
    {
        var turned = ToMean.Direction(up);
        return Math.Acos(Math.Clamp(turned.Z / turned.Length, -1, 1)) * 180 / Math.PI;
    }
}
