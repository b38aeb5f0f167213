using System.Globalization;

namespace Gateway.Imaging.Registration;

/// <summary>Limits a linear registration must keep; outside them the series is held and nothing is written.</summary>
public static class RegistrationGate
{
    private const double LeastScale = 0.7;
    private const double MostScale = 1.4;
    private const double MostDegrees = 65;
    private const double MostShift = 0.25 * Reference.Side;
    private const double LeastDice = 0.9;
    private const double LeastNcc = 0.6;
    private const double LeastNccInside = 0.15;

    /// <param name="result">The registration.</param>
    /// <param name="dice">Overlap of the slice's head with the reference's, 0..1.</param>
    /// <returns>Empty when the registration passes.</returns>
    public static IReadOnlyList<GateReason> Check(LinearRegistrationResult result, double dice)
    {
        var reasons = new List<GateReason>();
        var map = result.Correction;
        var middle = (Reference.Side - 1) / 2.0;
        var (x, y) = map.Apply(middle, middle);
        var shift = Math.Sqrt((x - middle) * (x - middle) + (y - middle) * (y - middle));
        Require(result.NccAfter >= result.NccBefore, "ncc-not-raised", $"NCC fell from {result.NccBefore:F3} to {result.NccAfter:F3}.");
        Require(result.NccAfter >= LeastNcc, "ncc-low", $"NCC {result.NccAfter:F3} is below {LeastNcc:F2}.");
        Require(result.NccInside >= LeastNccInside, "brain-not-recognised", $"The brain's pattern correlates {result.NccInside:F3} with the reference's; the least is {LeastNccInside:F2}.");
        Require(map.Determinant > 0 && map.Scale is >= LeastScale and <= MostScale, "scale", $"Scale {map.Scale:F2} is outside {LeastScale:F1} to {MostScale:F1}.");
        Require(Math.Abs(map.RotationDegrees) < MostDegrees, "rotation", $"Rotation {map.RotationDegrees:F0} degrees; the limit is {MostDegrees:F0}.");
        Require(shift < MostShift, "shift", $"Shift {shift:F0} mm; the limit is {MostShift:F0}.");
        Require(dice >= LeastDice, "head-outline", $"Dice {dice:F3} of the head with the reference's is below {LeastDice:F2}.");
        return reasons;

        void Require(bool met, string code, FormattableString text)
        {
            if (!met)
                reasons.Add(new(code, text.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
