using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class DcmdumpParityTests
{
    [Theory, InlineData("dicom"), InlineData("malformed")]
    public async Task Every_real_file_is_read_as_dcmdump_reads_it_or_is_on_the_list(string folder)
    {
        var root = RealData.Path(folder);
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var theirs = await Dcmdump.ReadAsync(files);

        var differences = Parity.Differences(root, files, (path, ours) =>
            (ours, theirs[path]) switch
            {
                (null, null) => [],
                (null, _) => [new("*", "we refuse it")],
                (_, null) => [new("*", "dcmdump refuses it")],
                var (file, expected) => Compare(file, expected),
            });

        var unexplained = new ParityNotes().Unexplained("dcmdump", folder, differences).ToList();
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    private static IEnumerable<Difference> Compare(DicomFile ours, Dictionary<string, Dcmdump.Printed> theirs)
    {
        var found = new Dictionary<string, object>();
        Walk(ours.FileMetaInfo, "", found);
        Walk(ours.Dataset, "", found);
        foreach (var (path, item) in found)
        {
            if (!theirs.TryGetValue(path, out var expected))
            {
                if (path != Parity.TransferSyntax) yield return new(path, $"{item} is not in dcmdump's");
            }
            else if (!SameVr(item, expected.Vr)) yield return new(path, $"{item} is {expected}");
            else if (item is DicomElement element && !expected.Is(element.Buffer.Data, element.ValueRepresentation))
                yield return new(path, $"{item} is {expected}");
            else if (item is IByteBuffer fragment && $"{fragment.Size}" != expected.Length)
                yield return new(path, $"{fragment.Size} bytes are {expected}");
        }
        foreach (var path in theirs.Keys.Except(found.Keys)) yield return new(path, $"{theirs[path]} is missing");
    }

    private static bool SameVr(object item, string theirs) => item switch
    {
        IByteBuffer => theirs == "pi",
        DicomItem { ValueRepresentation: var vr } => theirs == vr.Code
            || theirs == "??" && vr == DicomVR.UN      // implicit VR, in no dictionary
            || theirs == "up" && vr == DicomVR.UL,     // dcmtk marks the offsets of a DICOMDIR
        _ => false,
    };

    private static void Walk(DicomDataset dataset, string prefix, Dictionary<string, object> into)
    {
        foreach (var item in dataset)
        {
            var path = $"{prefix}{item.Tag.Group:x4}{item.Tag.Element:x4}";
            into[path] = item;
            if (item is DicomSequence sequence)
                for (var i = 0; i < sequence.Items.Count; i++) Walk(sequence.Items[i], $"{path}[{i}].", into);
            if (item is not DicomFragmentSequence fragments) continue;
            into[$"{path}[0]"] = new MemoryByteBuffer(new byte[fragments.OffsetTable.Count * 4]);
            for (var i = 0; i < fragments.Fragments.Count; i++) into[$"{path}[{i + 1}]"] = fragments.Fragments[i];
        }
    }
}
