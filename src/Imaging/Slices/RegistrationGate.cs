using System.Globalization;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>Limits that a registration must keep. Outside them the series is held and nothing is written.</summary>
public static class RegistrationGate
{
    private const double LeastScale = 0.7;
    private const double MostScale = 1.4;
    private const double MostDegrees = 65;
    private const double MostShift = 0.25 * Reference.Side;
    private const double LeastDice = 0.9;
    private const double LeastNcc = 0.6;


    /// <summary>What interpolation alone may cost a slice that lay right.</summary>
    private const double MostNccLost = 0.02;
    private const double LeastNccInside = 0.15;
    private const double LeastJacobian = 0.2;
    private const double MostJacobian = 5;
    private const double MostInverseError = 0.05;
    private const double WorstInverseError = 1;

    /// <param name="result">The registration.</param>
    /// <param name="dice">Overlap of the slice's head with the reference's, 0..1.</param>
    /// <param name="deformation">What the deformation did; null for none.</param>
    /// <param name="placed">Whether the whole volume was laid on a mean head. Then one slice is not asked for its pattern: a large lesion
    /// changes that, and another contrast or part of the body does not fit as a whole.</param>
    /// <returns>Empty when the registration passes.</returns>
    public static IReadOnlyList<Reason> Check(
        LinearRegistrationResult result, double dice, FieldQuality? deformation = null, bool placed = false)
    {
        var reasons = new List<Reason>();
        var map = result.Correction;
        var middle = (Reference.Side - 1) / 2.0;
        var (x, y) = map.Apply(middle, middle);
        var shift = Math.Sqrt((x - middle) * (x - middle) + (y - middle) * (y - middle));
        Require(
            result.NccAfter >= result.NccBefore - MostNccLost, ReasonCode.NccNotRaised,
            $"NCC fell from {result.NccBefore:F3} to {result.NccAfter:F3}.");
        Require(result.NccAfter >= LeastNcc, ReasonCode.NccLow, $"NCC {result.NccAfter:F3} is below {LeastNcc:F2}.");
        Require(
            placed || result.NccInside >= LeastNccInside, ReasonCode.BrainNotRecognised,
            $"The brain's pattern correlates {result.NccInside:F3} with the reference's; the least is {LeastNccInside:F2}.");
        Require(
            map.Determinant > 0, ReasonCode.NotInvertible,
            $"The map to the reference has determinant {map.Determinant:F3}: there is no way back.");
        Require(
            map.Scale is >= LeastScale and <= MostScale, ReasonCode.Scale,
            $"Scale {map.Scale:F2} is outside {LeastScale:F1} to {MostScale:F1}.");
        Require(
            Math.Abs(map.RotationDegrees) < MostDegrees, ReasonCode.Rotation,
            $"Rotation {map.RotationDegrees:F0} degrees; the limit is {MostDegrees:F0}.");
        Require(shift < MostShift, ReasonCode.Shift, $"Shift {shift:F0} mm; the limit is {MostShift:F0}.");
        Require(dice >= LeastDice, ReasonCode.HeadOutline, $"Dice {dice:F3} of the head with the reference's is below {LeastDice:F2}.");
        if (deformation is { } field)
        {
            Require(
                field.LeastJacobian >= LeastJacobian && field.MostJacobian <= MostJacobian,
                ReasonCode.Deformation,
                $"Areas change by {field.LeastJacobian:F2} to {field.MostJacobian:F2}; the limits are {LeastJacobian:F1} and {MostJacobian:F0}.");
            Require(
                field.InverseError <= MostInverseError && field.WorstInverseError <= WorstInverseError,
                ReasonCode.InverseError,
                $"There and back errs by {field.InverseError:F3} mm, {field.WorstInverseError:F2} at worst; the limits are {MostInverseError:F2} and {WorstInverseError:F0}.");
        }
        return reasons;

        void Require(bool met, ReasonCode code, FormattableString text)
        {
            if (!met)
                reasons.Add(code.Because(text.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
