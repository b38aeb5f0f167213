using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class PydicomParityTests
{
    /// <summary>pydicom reads these, we do not: it takes what there is of a value, guesses at a file that names no transfer syntax, and
    /// reads on where a VR is two spaces and a length is nonsense.</summary>
    private static readonly string[] Refused =
    [
        "enhanced_multiframe/emri_small_jpeg_2k_lossless_too_short.dcm", "fo-dicom/GH179B.dcm", "pydicom_test_files/MR_truncated.dcm",
        "pydicom_test_files/meta_missing_tsyntax.dcm", "pydicom_test_files/rtplan_truncated.dcm",
    ];

    /// <summary>pydicom loses its way where a VR is two spaces.</summary>
    private static readonly string[] Misread = ["fo-dicom/GH179A.dcm"];

    [Theory, InlineData("dicom"), InlineData("malformed")]
    public void Every_real_file_is_read_as_pydicom_reads_it_or_refused_with_a_reason(string folder)
    {
        if (RealData.Path(folder) is not { } root) return;
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var theirs = Pydicom.Read(files);
        var differences = new List<string>();

        foreach (var file in files)
        {
            var name = Path.GetRelativePath(root, file);
            try
            {
                var ours = DicomFile.Open(file);
                if (Refused.Contains(name)) differences.Add($"{name}: is read after all");
                if (theirs[file] is { } expected && !Misread.Contains(name)) differences.AddRange(Compare(ours, expected).Select(difference => $"{name}: {difference}"));
            }
            catch (DicomFileException e)
            {
                if (theirs[file] is not null && !Refused.Contains(name)) differences.Add($"{name}: refused: {e.Message}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n" + string.Join("\n", differences.Take(5000)));
    }

    private static IEnumerable<string> Compare(DicomFile ours, Dictionary<string, JsonElement> theirs)
    {
        var found = new Dictionary<string, (string Vr, string[] Values)>();
        Walk(ours.FileMetaInfo, "", found);
        Walk(ours.Dataset, "", found);
        foreach (var (path, (vr, values)) in found)
        {
            if (!theirs.TryGetValue(path, out var expected))
            {
                if (path != "00020010") yield return $"{path} {vr} is not in pydicom's";    // we note the syntax we found in files without one
            }
            else if (!Same(values, expected)) yield return $"{path} {vr} is [{string.Join('|', values)}] instead of {expected}";
        }
        foreach (var path in theirs.Keys.Except([.. found.Keys, "00000000"])) yield return $"{path} {theirs[path]} is missing";
    }

    private static bool Same(string[] values, JsonElement expected)
    {
        var (vr, wanted) = (expected[0].GetString(), expected[1].EnumerateArray().Select(Text).ToArray());
        return vr == "pixels" || values.SequenceEqual(wanted) || values is [""] && wanted.Length == 0;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture) : value.GetString()!.Trim(' ', '\0');

    private static void Walk(DicomDataset dataset, string prefix, Dictionary<string, (string, string[])> into)
    {
        foreach (var item in dataset)
        {
            var path = $"{prefix}{item.Tag.Group:x4}{item.Tag.Element:x4}";
            if (item is DicomSequence sequence)
            {
                into[path] = ("SQ", [$"{sequence.Items.Count}"]);
                for (var i = 0; i < sequence.Items.Count; i++) Walk(sequence.Items[i], $"{path}[{i}].", into);
            }
            else into[path] = (item.ValueRepresentation.Code, item is DicomElement element ? Values(element) : []);
        }
    }

    private static string[] Values(DicomElement element)
    {
        var vr = element.ValueRepresentation;
        if (element.Length == 0) return [];
        if (vr == DicomVR.PN) return [.. element.Get<string[]>().Select(name => name.TrimEnd('='))];
        if (vr.IsString) return element.Get<string[]>().Select(text => text.Trim(' ')).ToArray();
        if (!vr.IsMultiValue) return ["sha256:" + Convert.ToHexStringLower(SHA256.HashData(element.Buffer.Data))];
        if (vr == DicomVR.AT) return [.. element.Get<DicomTag[]>().Select(tag => $"{((uint)tag.Group << 16) | tag.Element}")];
        if (vr == DicomVR.FL) return [.. element.Get<float[]>().Select(value => ((double)value).ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
        return element.Get<string[]>();
    }
}
