using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.TranslationWorker;

/// <summary>Decimal and integer strings of a derived object (PS3.5 6.2): those that scanners wrote wrong are not
/// handed on as they are.</summary>
internal static partial class DerivedNumbers
{
    private const int LongestDecimal = 16;
    private const int LongestInteger = 12;

    /// <summary>Valid values keep their bytes; others are written anew as the numbers they were read as, or empty
    /// where they are none.</summary>
    public static void MakeValid(DicomDataset dataset)
    {
        foreach (var element in dataset.OfType<DicomElement>().Where(element => !IsValid(element)).ToList())
        {
            var texts = dataset.GetValues<string>(element.Tag);
            if (element.ValueRepresentation == DicomVR.IS)
                Put(dataset, element.Tag, [.. texts.Select(text => DicomNumber.TryInteger(text, out int number) ? number : (int?)null)]);
            else
                Put(dataset, element.Tag, [.. texts.Select(
                    text => DicomNumber.TryReal(text, out var number) && double.IsFinite(number) ? number : (double?)null)]);
        }
    }

    private static void Put<T>(DicomDataset dataset, DicomTag tag, T?[] numbers) where T : struct
    {
        if (Array.TrueForAll(numbers, number => number is not null))
            dataset.AddOrUpdate(tag, Array.ConvertAll(numbers, number => number!.Value));
        else
            dataset.AddOrUpdate<string>(tag);
    }

    private static bool IsValid(DicomElement element)
    {
        var isInteger = element.ValueRepresentation == DicomVR.IS;
        if (!isInteger && element.ValueRepresentation != DicomVR.DS)
            return true;
        var values = Encoding.Latin1.GetString(element.Buffer.Data).Split('\\');
        return Array.TrueForAll(values, value => isInteger
            ? value.Length <= LongestInteger && Integer().IsMatch(value)
                && (value.Trim().Length == 0 || DicomNumber.TryInteger(value, out int _))
            : value.Length <= LongestDecimal && Real().IsMatch(value));
    }

    [GeneratedRegex(@"^ *([+-]?[0-9]+)? *$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^ *([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)? *$")]
    private static partial Regex Real();
}
