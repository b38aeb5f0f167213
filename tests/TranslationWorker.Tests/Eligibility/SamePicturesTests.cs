using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Eligibility;

/// <summary>Whether the images of a study that came again are the pictures that were there before.</summary>
public sealed class SamePicturesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly FolderObjectStore _objects;

    public SamePicturesTests() => _objects = new(new DataDirectory(_folder.Combine("data")).Create());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_header_that_was_corrected_has_the_same_pixels() =>
        Assert.True(await AreAsync(Image("P1"), Image("P2")));

    [Fact]
    public async Task Other_pixels_are_other_pictures() =>
        Assert.False(await AreAsync(Image("P1"), Image("P2", pixel: 9)));

    [Fact]
    public async Task A_copy_whose_identity_was_removed_corrects_nothing() =>
        Assert.False(await AreAsync(Image("P1"), Image("P2").AddOrUpdate(DicomTag.PatientIdentityRemoved, "YES")));

    [Fact]
    public async Task What_cannot_be_read_is_not_the_same() =>
        Assert.False(await AreAsync(Image("P1"), null));

    [Fact]
    public async Task A_compressed_copy_shows_the_same()
    {
        var path = _folder.Combine("plain.dcm");
        await File.WriteAllBytesAsync(path, SeveralStacks.Bytes(Image("P2")), Cancel);
        (await Tool.RunAsync("dcmcrle", [path, path + ".rle"])).Succeeded();
        Assert.True(await AreAsync(SeveralStacks.Bytes(Image("P1")), await File.ReadAllBytesAsync(path + ".rle", Cancel)));
    }

    private Task<bool> AreAsync(DicomDataset before, DicomDataset? now) =>
        AreAsync(SeveralStacks.Bytes(before), now is null ? "no DICOM file"u8.ToArray() : SeveralStacks.Bytes(now));

    private async Task<bool> AreAsync(byte[] before, byte[] now) => new SamePictures(_objects).AreIn(
        new(Guid.Empty, [(await RowAsync(before), await RowAsync(now))]), Cancel);

    private async Task<Instance> RowAsync(byte[] bytes) => new()
    {
        Id = Guid.CreateVersion7(), SeriesId = Guid.Empty, SopInstanceUid = "2.25.9", SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        TransferSyntaxUid = "1.2.840.10008.1.2.1", Sha256 = await ((IObjectStore)_objects).PutAsync(bytes, Cancel), Bytes = bytes.Length,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    private static DicomDataset Image(string patient, byte pixel = 7)
    {
        var image = SeveralStacks.Images(PhantomKind.T2, size: 64, slices: 4)[1].Clone();
        var pixels = new byte[image.GetSingleValue<int>(DicomTag.Rows) * image.GetSingleValue<int>(DicomTag.Columns) * 2];
        Array.Fill(pixels, pixel);
        return image.AddOrUpdate(DicomTag.PatientID, patient)
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, (IByteBuffer)new MemoryByteBuffer(pixels));
    }
}
