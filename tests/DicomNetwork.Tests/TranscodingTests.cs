using Gateway.DicomCodecs;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>Sending to dcmtk's storescp, which takes only uncompressed transfer syntaxes when it is told so.</summary>
public sealed class TranscodingTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("+xi", TransferSyntaxes.ImplicitLittleEndian), InlineData("+xe", TransferSyntaxes.ExplicitLittleEndian)]
    public async Task What_a_peer_does_not_take_compressed_it_gets_with_its_pixels_native(string accepts, string syntax)
    {
        var plain = await PlainAsync();
        string[] files = [plain, .. Compressed(plain)];
        using var server = await DcmtkServer.StartAsync(accepts);

        var results = await server.Client(decompress: DicomDecoder.Decode).StoreAsync(files.Select(Part10Source.File), Cancel)
            .ToListAsync(Cancel);

        Assert.All(results, result => Assert.True(result.IsStored, $"{result.Source.Name}: {result.Error}"));
        Assert.Equal(files.Length, server.Files.Count);
        var pixels = Pixels(plain);
        Assert.All(server.Files, file =>
        {
            Assert.Equal(syntax, DicomFile.Open(file).FileMetaInfo.TransferSyntax?.UID.UID);
            Assert.Equal(pixels, Pixels(file));
        });
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_cannot_be_decompressed_fails_alone_and_with_a_reason(bool decompresses)
    {
        var plain = await PlainAsync();
        var damaged = _folder.Combine("damaged.dcm");
        var file = DicomFile.Open(Compressed(plain)[0]);
        DicomPixelData.Create(file.Dataset, true).AddFrame(new MemoryByteBuffer([1, 2, 3, 4]));
        await file.SaveAsync(damaged);
        using var server = await DcmtkServer.StartAsync("+xi");

        var results = await server.Client(decompress: decompresses ? DicomDecoder.Decode : null)
            .StoreAsync([Part10Source.File(damaged), Part10Source.File(plain)], Cancel).ToListAsync(Cancel);

        Assert.Null(results[0].Status);
        Assert.Contains(decompresses ? "JPEG" : "1.2.840.10008.1.2.4.70", results[0].Error, StringComparison.Ordinal);
        Assert.True(results[1].IsStored, results[1].Error);
        Assert.Equal(Pixels(plain), Pixels(Assert.Single(server.Files)));
    }

    private async Task<string> PlainAsync()
    {
        var file = _folder.Combine("plain.dcm");
        await File.WriteAllBytesAsync(file, GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, size: 32), Cancel);
        return file;
    }

    /// <summary>The same image in a few encodings, each an instance of its own.</summary>
    private string[] Compressed(string plain) =>
    [
        Encode(plain, 2, "dcmcjpeg", "+e1"), Encode(plain, 3, "dcmcjpls"), Encode(plain, 4, "dcmcrle"),
        Encode(plain, 5, "gdcmconv", "--j2k"),
    ];

    private string Encode(string plain, int instance, string encoder, params string[] options)
    {
        var (single, packed) = (_folder.Combine($"{instance}.plain.dcm"), _folder.Combine($"{instance}.dcm"));
        var source = DicomFile.Open(plain);
        new DicomFile(source.Dataset.AddOrUpdate(DicomTag.SOPInstanceUID, GeneratedObject.Uid(1, instance))).Save(single);
        Tool.Run(encoder, [.. options, single, packed]).Succeeded();
        return packed;
    }

    private static byte[] Pixels(string file) => DicomFile.Open(file).Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data;
}
