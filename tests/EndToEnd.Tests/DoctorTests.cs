using Gateway.Cli;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary><c>gateway doctor</c> finds what is wrong before <c>run</c> does.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_old_data_folder_that_others_can_read_is_told()
    {
        new DataDirectory(_folder.Path).Create();
        Tool.Run("chmod", "755", _folder.Path).Succeeded();
        Assert.Contains("ok   privacy", (await DoctorAsync()).Output, StringComparison.Ordinal);

        Tool.Run("chmod", "755", _folder.Combine("objects")).Succeeded();
        var told = await DoctorAsync();

        Assert.Equal(ExitCode.Failed, told.ExitCode);
        Assert.Contains(
            $"FAIL privacy     others can get at objects in {_folder.Path}: chmod -R go= '{_folder.Path}'", told.Output,
            StringComparison.Ordinal);
    }

    private Task<ToolResult> DoctorAsync() => Tool.RunAsync("dotnet",
    [
        Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "doctor", "--data", _folder.Path,
        "--urls", $"http://127.0.0.1:{Testing.FreePort.Next()}", "--set", $"Dicom:Port={Testing.FreePort.Next()}",
    ]);
}
