using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.TranslationWorker;

/// <summary>Dates, times, ages, codes and UIDs of a derived object (PS3.5 6.2): those that scanners wrote wrong are not handed on as they
/// are. Numbers: <see cref="DerivedNumbers"/>.</summary>
internal static partial class DerivedStrings
{
    /// <summary>Valid values keep their bytes; dates and times of ACR-NEMA (<c>2024.01.05</c>, <c>10:15:00</c>), codes in small letters and
    /// UIDs with padding are written as they are meant, others empty. A UID that is odd in itself stays: others refer to it.</summary>
    public static void MakeValid(DicomDataset dataset)
    {
        foreach (var element in dataset.OfType<DicomElement>().Where(element => element.Tag != DicomTag.SpecificCharacterSet).ToList())
        {
            var written = Encoding.Latin1.GetString(element.Buffer.Data);
            if (Meant(element.ValueRepresentation.Code, Unpadded(written)) is not { } meant
                || meant == Unpadded(written) && IsPlain(written))
                continue;
            if (meant.Length == 0)
                dataset.AddOrUpdate<string>(element.Tag);
            else
                dataset.AddOrUpdate(element.Tag, meant.Split('\\'));
        }
    }

    private static string? Meant(string representation, string value) => representation switch
    {
        "UI" => DicomUID.IsValidUid(value) ? value : null,
        "DA" => Each(value, one => Date().IsMatch(one) ? one.Replace(".", "", StringComparison.Ordinal) : ""),
        "TM" => Each(value, one => Time().IsMatch(one) ? one.Replace(":", "", StringComparison.Ordinal) : ""),
        "AS" => Each(value, one => Age().IsMatch(one) ? one.ToUpperInvariant() : ""),
        "CS" => Each(value, one => Code().IsMatch(one) ? one.ToUpperInvariant() : ""),
        _ => null,
    };

    private static string Each(string value, Func<string, string> meant) =>
        string.Join('\\', value.Split('\\').Select(one => meant(Unpadded(one))));

    private static string Unpadded(string value) => value.Trim(' ', '\0');

    /// <summary>Padded to an even length, or not at all.</summary>
    private static bool IsPlain(string written) => written.Length - Unpadded(written).Length <= 1;

    [GeneratedRegex(@"^\d{4}(\.?)(0[1-9]|1[0-2])\1(0[1-9]|[12]\d|3[01])$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^([01]\d|2[0-3])(:?[0-5]\d(:?([0-5]\d|60)(\.\d{1,6})?)?)?$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{3}[DWMYdwmy]$")]
    private static partial Regex Age();

    [GeneratedRegex("^[A-Za-z0-9 _]{0,16}$")]
    private static partial Regex Code();
}
