using Gateway.Fuzzing;
using Gateway.Fuzzing.Targets;

namespace Gateway.DicomNetwork.Tests;

/// <summary>bench/Fuzz runs the same targets for longer.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 60_000;

    public static TheoryData<string> Targets => [.. NetworkTargets.All.Select(target => target.Name)];

    [Theory, MemberData(nameof(Targets))]
    public void Whatever_a_peer_sends_it_is_taken_or_refused_in_little_time_and_memory(string name) =>
        Assert.Empty(
            new Fuzzer(NetworkTargets.All.Single(target => target.Name == name), seed: 1).Run(Inputs / NetworkTargets.All.Count).Findings);
}
