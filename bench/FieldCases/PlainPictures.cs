using System.Runtime.InteropServices;

namespace Gateway.FieldCases;

/// <summary>The derived pictures of the cases in which nothing is odd, to compare others of the same head with.</summary>
internal sealed class PlainPictures(IReadOnlyDictionary<string, Outcome> outcomes)
{
    /// <summary>Mean absolute difference of the first derived pictures' values, Hounsfield units or grey; null where one of them is
    /// missing.</summary>
    public double? Difference(Outcome outcome)
    {
        if (outcome.Derived.Count == 0)
            return null;
        var plain = outcomes.Where(o => RightValues.Plain.Contains(o.Key)).SelectMany(o => o.Value.Derived)
            .FirstOrDefault(d => d.GetString(DicomTag.Modality) == outcome.Derived[0].GetString(DicomTag.Modality));
        if (plain is null)
            return null;
        var (mine, theirs) = (Values(outcome.Derived[0]), Values(plain));
        return mine.Length != theirs.Length ? double.PositiveInfinity : mine.Zip(theirs, (a, b) => Math.Abs(a - b)).Average();
    }

    private static double[] Values(DicomDataset d)
    {
        var (slope, intercept) =
            (d.GetSingleValueOrDefault(DicomTag.RescaleSlope, 1.0), d.GetSingleValueOrDefault(DicomTag.RescaleIntercept, 0.0));
        var bytes = d.GetValues<byte>(DicomTag.PixelData);
        return d.GetSingleValue<ushort>(DicomTag.PixelRepresentation) == 1
            ? [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(v => v * slope + intercept)]
            : [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => v * slope + intercept)];
    }
}
