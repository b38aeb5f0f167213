using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class PydicomParityTests
{
    [Theory, InlineData("dicom"), InlineData("malformed")]
    public void Every_real_file_is_read_as_pydicom_reads_it_or_is_on_the_list(string folder)
    {
        var root = RealData.Path(folder);
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var theirs = Pydicom.Read(files);

        var differences = Parity.Differences(root, files, (path, ours) =>
            (ours, theirs[path]) switch
            {
                (null, null) => [],
                (null, _) => [new("*", "we refuse it")],
                (_, null) => [new("*", "pydicom refuses it")],
                var (file, expected) => Compare(file, expected),
            });

        var unexplained = new ParityNotes().Unexplained("pydicom", folder, differences).ToList();
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    private static IEnumerable<Difference> Compare(DicomFile ours, Dictionary<string, JsonElement> theirs)
    {
        var found = new Dictionary<string, (string Vr, string[] Values)>();
        Walk(ours.FileMetaInfo, "", found);
        Walk(ours.Dataset, "", found);
        foreach (var (path, (vr, values)) in found)
        {
            if (!theirs.TryGetValue(path, out var expected))
            {
                if (path != Parity.TransferSyntax) yield return new(path, $"{vr} is not in pydicom's");
            }
            else if (!SameVr(path, vr, expected[0].GetString()!)) yield return new(path, $"{vr} is {expected[0]}");
            else if (!Same(values, expected)) yield return new(path, $"{vr} is [{string.Join('|', values)}] instead of {expected}");
        }
        foreach (var path in theirs.Keys.Except([.. found.Keys, "00000000"])) yield return new(path, $"{theirs[path]} is missing");
    }

    /// <summary>pydicom knows some manufacturers' elements, whose bytes we compare, and leaves VRs open that depend on others.</summary>
    private static bool SameVr(string path, string ours, string theirs) =>
        theirs is "raw" or "pixels" || theirs.Split(" or ").Contains(ours) || ours == "UN" && Parity.IsPrivate(path);

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
        if (vr == DicomVR.FL)
            return [.. element.Get<float[]>()
                .Select(value => ((double)value).ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
        return element.Get<string[]>();
    }
}
