using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A dead link, a link in a circle and a pipe among the files stop no verb that reads folders.</summary>
public sealed class FolderVerbTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_leaves_out_what_is_no_file()
    {
        Scanner.Write(_folder.Combine("ct"), PhantomKind.HeadCt, seed: 5);
        Spoil("ct", ".dcm");

        var run = await RunAsync("import", "--ct", "ct", "--out", "set");

        Assert.Contains("Left out: 2 of", run.Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_leaves_out_what_is_no_file()
    {
        Scanner.Write(_folder.Combine("ct"), PhantomKind.HeadCt, seed: 5);
        Spoil("ct", ".dcm");

        var run = await RunAsync(
            "translate", "ct", "--out", "out", "--set", "Translation:Mark=Overlay", "--set", "Translation:Report=true",
            "--set", "Gateway:TimeZone=Asia/Tokyo");

        Assert.Contains("Left out: 2 of", run.Succeeded().Error, StringComparison.Ordinal);
        Assert.Contains("ct-t2", run.Output, StringComparison.Ordinal);
        var made = Directory.GetFiles(_folder.Combine("out"), "*.dcm").Select(file => DicomFile.Open(file).Dataset).ToList();
        var image = Assert.Single(made, dataset => dataset.GetString(DicomTag.Modality) == "MR");
        Assert.Single(made, dataset => dataset.GetString(DicomTag.Modality) == "SR");
        Assert.True(image.Contains(new DicomTag(0x6000, 0x3000)));
        Assert.Equal("+0900", image.GetString(DicomTag.TimezoneOffsetFromUTC));
    }

    [Theory, InlineData("Gateway:TimeZone=Nowhere"), InlineData("Translation:Mark=Stamp"), InlineData("Dicom:Port=104")]
    public async Task Translate_refuses_a_setting_that_makes_no_sense(string setting)
    {
        Directory.CreateDirectory(_folder.Combine("ct"));
        Assert.Equal(2, (await RunAsync("translate", "ct", "--set", setting)).ExitCode);
    }

    [Fact]
    public async Task Evaluate_leaves_out_what_is_no_file()
    {
        (await RunAsync("import", "--phantoms", "2", "--out", "set")).Succeeded();
        Spoil(Path.Combine("set", "paired"), ".t2.png");

        var evaluated = await RunAsync("evaluate", "--paired", "set", "--out", "evaluation");

        Assert.Contains("Left out: 2 of", evaluated.Succeeded().Error, StringComparison.Ordinal);
    }

    private void Spoil(string folder, string ending)
    {
        File.CreateSymbolicLink(_folder.Combine(folder, "dead" + ending), _folder.Combine("nowhere"));
        File.CreateSymbolicLink(_folder.Combine(folder, "round"), ".");
        Tool.Run("mkfifo", _folder.Combine(folder, "pipe" + ending)).Succeeded();
    }

    private Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments], directory: _folder.Path);
}
