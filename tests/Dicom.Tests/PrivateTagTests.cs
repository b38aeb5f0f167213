namespace Gateway.Dicom.Tests;

public class PrivateTagTests
{
    private static readonly DicomTag Theirs = new(0x0029, 0x01, "THEIRS");
    private static readonly DicomTag Ours = new(0x0029, 0x01, "OURS");

    [Fact]
    public void Each_creator_has_a_block_of_its_own()
    {
        var dataset = new DicomDataset().Add(DicomVR.LO, Theirs, "a").Add(DicomVR.LO, Ours, "b");

        var read = Samples.Open(Samples.Bytes(dataset)).Dataset;

        Assert.Equal("a", read.GetString(Theirs));
        Assert.Equal("b", read.GetString(Ours));
        Assert.Equal("OURS", read.GetString(new DicomTag(0x0029, 0x0011)));
        Assert.Equal("b", read.GetString(new DicomTag(0x0029, 0x1101)));
        Assert.Equal(new DicomTag(0x0029, 0x1102), read.GetPrivateTag(new(0x0029, 0x02, "OURS")));
        Assert.False(read.Contains(new(0x0029, 0x01, "NOBODY")));
        Assert.False(read.Remove(Ours).Contains(Ours));
        Assert.NotEqual(Ours, Theirs);
        Assert.Equal("OURS", $"{Ours.PrivateCreator}");
    }

    [Fact]
    public void A_group_without_a_free_block_takes_no_further_creator()
    {
        var dataset = new DicomDataset();
        for (var block = 0x10; block <= 0xFF; block++) dataset.Add(DicomVR.LO, new DicomTag(0x0029, (ushort)block), $"{block}");

        Assert.Throws<DicomDataException>(() => dataset.GetPrivateTag(Ours));
    }
}
