using Gateway.Fuzzing;
using Gateway.Fuzzing.Targets;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class FuzzTests
{
    [Fact]
    public void Whatever_bytes_come_they_are_read_or_refused_in_little_time_and_memory() =>
        Fuzz(15_000, [new FileTarget(SeedFiles.None), .. DataSetTarget.All]);

    [Fact]
    public void Real_files_with_changes_are_read_or_refused_too() => Fuzz(10_000, new FileTarget(new(RealData.Path(""))));

    private static void Fuzz(int inputs, params IEnumerable<FuzzTarget> targets) =>
        Assert.Empty(targets.SelectMany(target => new Fuzzer(target, seed: 1).Run(inputs).Findings));
}
