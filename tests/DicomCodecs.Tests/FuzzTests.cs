using Gateway.Fuzzing;
using Gateway.Fuzzing.Targets;

namespace Gateway.DicomCodecs.Tests;

public class FuzzTests
{
    private const int Inputs = 10_000;

    public static TheoryData<string> Decoders => [.. FrameTargets.All.Select(target => target.Name)];

    [Theory, MemberData(nameof(Decoders))]
    public void Whatever_a_frame_holds_it_is_decoded_or_refused_in_little_time_and_memory(string decoder) =>
        Assert.Empty(new Fuzzer(FrameTargets.All.Single(target => target.Name == decoder), seed: 1).Run(Inputs).Findings);
}
