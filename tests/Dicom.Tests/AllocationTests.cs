using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class AllocationTests
{
    private const long Slack = 4 << 20;

    [Theory, InlineData("dicom"), InlineData("malformed")]
    public void No_real_file_takes_more_than_five_times_its_size(string folder)
    {
        var root = RealData.Path(folder);
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            Assert.True(Allocated(bytes) <= 5L * bytes.Length + Slack, path);
            Assert.True(Allocated(() => DicomFile.Open(path, FileReadOption.ReadLargeOnDemand)) <= 5L * bytes.Length + Slack, path);
        }
    }

    public static TheoryData<string, byte[]> Headers => new()
    {
        { "empty elements", [0x08, 0x00, 0x05, 0x01, 0, 0, 0, 0] },
        { "private elements", [0x09, 0x00, 0x05, 0x11, 0, 0, 0, 0] },
        { "short values", [0x28, 0x00, 0x10, 0x00, 2, 0, 0, 0, 1, 2] },
        { "character sets", [0x08, 0x00, 0x05, 0x00, 2, 0, 0, 0, (byte)'A', (byte)' '] },
        { "empty sequences", [0x08, 0x00, 0x40, 0x11, 0, 0, 0, 0] },
        { "sequences with an item", [0x08, 0x00, 0x40, 0x11, 8, 0, 0, 0, 0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0] },
    };

    [Theory, MemberData(nameof(Headers))]
    public void A_file_made_of_the_smallest_parts_stays_within_five_times_its_size_or_is_refused(string parts, byte[] part)
    {
        var head = Samples.Bytes(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian));
        byte[] bytes = [.. head, .. Enumerable.Repeat(part, 1_000_000).SelectMany(b => b)];

        Assert.True(Allocated(bytes) <= 5L * bytes.Length + Slack, parts);
    }

    [Fact]
    public void Items_and_fragments_without_content_are_bounded_too()
    {
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0];
        byte[] items = [.. Enumerable.Repeat(item, 1_000_000).SelectMany(b => b)];
        byte[] sequence = Samples.Wrapped([0x08, 0x00, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. items]);
        byte[] fragments = Samples.Wrapped([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. items]);

        Assert.True(Allocated(sequence) <= 5L * sequence.Length + Slack);
        Assert.True(Allocated(fragments) <= 5L * fragments.Length + Slack);
    }

    [Fact]
    public void A_header_of_a_hundred_thousand_elements_of_usual_size_is_no_attack()
    {
        var items = Enumerable.Range(0, 25_000).Select(i => new DicomDataset()
            .Add(DicomTag.CodeValue, $"{i}").Add(DicomTag.CodingSchemeDesignator, "DCM")
            .Add(DicomTag.CodeMeaning, "Mean value of the region")
            .Add(DicomTag.ReferencedSOPInstanceUID, $"2.25.1234567890123456789.{i}"));

        var read = Samples.Open(Samples.Bytes(new DicomDataset(new DicomSequence(DicomTag.ContentSequence, [.. items]))));

        Assert.Equal(25_000, read.Dataset.GetSequence(DicomTag.ContentSequence).Items.Count);
    }

    private static long Allocated(byte[] bytes) => Allocated(() => DicomFile.Open(new MemoryStream(bytes)));

    private static long Allocated(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (DicomFileException)
        {
            // Refused: that takes memory as well.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
