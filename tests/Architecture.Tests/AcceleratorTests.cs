using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>One switch decides between the CPU's native packages and the GPU's; never both.</summary>
public class AcceleratorTests
{
    private static readonly string[] Cpu = ["Microsoft.ML.OnnxRuntime", "TorchSharp", "libtorch-cpu-linux-x64"];
    private static readonly string[] Cuda = ["Microsoft.ML.OnnxRuntime.Gpu", "TorchSharp-cuda-linux"];

    [Fact]
    public async Task The_default_is_the_cpu() => Assert.Equal(Cpu, await NativePackagesAsync("Gateway"));

    [Fact]
    public async Task Cuda_lists_the_gpu_packages_and_no_cpu_twin() =>
        Assert.Equal(Cuda, await NativePackagesAsync("Gateway", "-p:Accelerator=cuda"));

    [Fact]
    public async Task Torch_may_stay_on_the_cpu() => Assert.Equal(
        ["Microsoft.ML.OnnxRuntime.Gpu", "TorchSharp", "libtorch-cpu-linux-x64"],
        await NativePackagesAsync("Gateway", "-p:Accelerator=cuda", "-p:TorchAccelerator=cpu"));

    [Fact]
    public async Task The_translator_ships_without_torch() =>
        Assert.Equal(["Microsoft.ML.OnnxRuntime.Gpu"], await NativePackagesAsync("TranslationWorker", "-p:Accelerator=cuda"));

    private static async Task<IEnumerable<string>> NativePackagesAsync(string project, params string[] properties)
    {
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        var answer =
            (await Tool.RunAsync(
                "dotnet", ["msbuild", file, "-getItem:PackageReference", "-nodeReuse:false", .. properties],
                TimeSpan.FromMinutes(2))).Succeeded();
        var packages = JsonDocument.Parse(answer.Output).RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray();
        return packages.Select(package => package.GetProperty("Identity").GetString()!)
            .Where(
                name => name.Contains("OnnxRuntime", StringComparison.Ordinal)
                    || name.Contains("torch", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
    }
}
