using Gateway.Fuzzing;
using Gateway.Fuzzing.Targets;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class FuzzTests
{
    /// <summary>Each is run once without and once with real files among its seeds, so that it runs where there are none.</summary>
    private static FuzzTarget[] Targets(SeedFiles seeds) => [new FileTarget(seeds)];

    [Fact]
    public void Whatever_bytes_come_they_are_read_or_refused_in_little_time_and_memory() => Fuzz(SeedFiles.None, 20_000);

    [Fact]
    public void Real_files_with_changes_are_read_or_refused_too()
    {
        if (RealData.Path("") is { } folder) Fuzz(new(folder), 5_000);
    }

    private static void Fuzz(SeedFiles seeds, int inputs) =>
        Assert.Empty(Targets(seeds).SelectMany(target => new Fuzzer(target, seed: 1).Run(inputs).Findings));
}
