using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>Both of our sides against dcmtk's.</summary>
public sealed class DcmtkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Echoscu_is_answered()
    {
        await using var server = await TestServer.StartAsync();

        (await ScuAsync("echoscu", server)).Succeeded();

        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
    }

    [Theory]
    [InlineData("-xi", TransferSyntaxes.ImplicitLittleEndian)]
    [InlineData("-xe", TransferSyntaxes.ExplicitLittleEndian)]
    [InlineData("-xb", TransferSyntaxes.ExplicitBigEndian)]
    [InlineData("-xd", TransferSyntaxes.DeflatedLittleEndian)]
    public async Task Storescu_stores_many_files_in_each_encoding(string proposal, string transferSyntax)
    {
        const int Count = 20;
        using var folder = new TemporaryDirectory();
        for (var i = 1; i <= Count; i++)
            await File.WriteAllBytesAsync(
                folder.Combine($"{i}.dcm"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, i, size: 128), Cancel);
        await using var server = await TestServer.StartAsync();

        (await ScuAsync("storescu", server, [proposal, "-R", "+C", "+sd"], [folder.Path])).Succeeded();

        Assert.Equal(Count, server.Service.Stored.Count);
        Assert.All(server.Service.Stored, stored =>
        {
            Assert.Equal(transferSyntax, stored.Request.TransferSyntaxUid);
            Assert.Null(stored.Header.Malformed);
            Assert.False(stored.Header.PixelDataShort);
            Assert.Equal(stored.Request.SopInstanceUid, stored.Header.SopInstanceUid);
            Assert.Equal("MR", stored.Header.GetText(HeaderTag.Modality));
        });
    }

    [Fact]
    public async Task Dcmsend_stores_many_files_over_one_association()
    {
        const int Count = 20;
        using var folder = new TemporaryDirectory();
        for (var i = 1; i <= Count; i++)
            await File.WriteAllBytesAsync(
                folder.Combine($"{i}.dcm"), GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, i, size: 128), Cancel);
        await using var server = await TestServer.StartAsync();

        (await ScuAsync("dcmsend", server, ["+sd"], [folder.Path])).Succeeded();

        Assert.Equal(Count, server.Service.Stored.Count);
        Assert.Equal(AssociationEnd.Released, await server.Service.NextEndAsync());
    }

    [Fact]
    public async Task Storescu_stores_real_images_as_they_are()
    {
        var folder = RealData.Path("dicom/t2_fnndsc_siemens");
        await using var server = await TestServer.StartAsync();

        (await ScuAsync("storescu", server, ["+sd", "+sp", "*.dcm"], [folder])).Succeeded();

        Assert.Equal(Directory.GetFiles(folder, "*.dcm").Length, server.Service.Stored.Count);
        Assert.All(server.Service.Stored, stored => Assert.Null(stored.Header.Malformed));
        Assert.All(server.Service.Stored, stored => Assert.False(stored.Header.PixelDataShort));
    }

    [Theory]
    [InlineData(1, 1, 3, "Calling AE Title Not Recognized")]
    [InlineData(1, 1, 7, "Called AE Title Not Recognized")]
    [InlineData(2, 3, 1, "Temporary Congestion")]
    [InlineData(2, 3, 2, "Local Limit Exceeded")]
    public async Task A_rejection_reaches_echoscu_with_its_result_source_and_reason(byte result, byte source, byte reason, string text)
    {
        await using var server = await TestServer.StartAsync(new() { Policy = _ => new(result, source, reason) });

        var refused = await ScuAsync("echoscu", server);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(result == 1 ? "Rejected Permanent" : "Rejected Transient", refused.All, StringComparison.Ordinal);
        Assert.Contains(text, refused.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_echoes_and_stores_to_storescp()
    {
        using var folder = new TemporaryDirectory();
        var files = new List<string>();
        foreach (var syntax in (string[])[
            TransferSyntaxes.ImplicitLittleEndian, TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ExplicitBigEndian])
        {
            files.Add(folder.Combine($"{syntax}.dcm"));
            await File.WriteAllBytesAsync(files[^1], GeneratedObject.File(syntax, files.Count, size: 200), Cancel);
        }

        using var scp = await DcmtkServer.StartAsync();

        Assert.Equal(DimseStatus.Success, await scp.Client().EchoAsync(Cancel));
        var results = await scp.Client().StoreAsync(files.Select(Part10Source.File), Cancel).ToListAsync(Cancel);

        Assert.All(results, result => Assert.True(result.IsStored, result.Error));
        Assert.Equal(files, results.Select(result => result.Source.Name));
        Assert.Equal(files.Count, scp.Files.Count);
    }

    [Theory]
    [InlineData(TransferSyntaxes.ExplicitLittleEndian)]
    [InlineData(TransferSyntaxes.ExplicitBigEndian)]
    [InlineData(TransferSyntaxes.DeflatedLittleEndian)]
    public async Task A_peer_that_takes_implicit_only_gets_the_same_pixels(string transferSyntax)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("a.dcm"), GeneratedObject.File(transferSyntax, size: 64), Cancel);
        using var scp = await DcmtkServer.StartAsync("+xi");

        var result = Assert.Single(await scp.Client().StoreAsync([Part10Source.File(folder.Combine("a.dcm"))], Cancel).ToListAsync(Cancel));

        Assert.True(result.IsStored, result.Error);
        Assert.Equal(Words(folder.Combine("a.dcm")), Words(Assert.Single(scp.Files)));
    }

    private static Task<ToolResult> ScuAsync(string program, TestServer server, string[]? options = null, string[]? files = null) =>
        Tool.RunAsync(program, [.. options ?? [], "-aet", "SCANNER", "-aec", "GATEWAY", "127.0.0.1", $"{server.Port}", .. files ?? []]);

    /// <summary>Pixel values as dcmtk reads them, whatever the encoding.</summary>
    private static string Words(string file) =>
        Tool.Run("dcmdump", "+L", "+P", "7fe0,0010", file).Succeeded().Output.Split('#')[0];
}
