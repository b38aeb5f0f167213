using Gateway.Fuzzing.Targets;

namespace Gateway.Fuzzing;

/// <summary>All targets there are. A new one is a class in <c>Targets</c> and a line here.</summary>
public static class FuzzTargets
{
    /// <param name="seeds">Real files to be mutated beside the generated ones; none where there is no folder of real data.</param>
    public static IReadOnlyList<FuzzTarget> All(SeedFiles seeds) =>
    [
        new FileTarget(seeds),
        .. DataSetTarget.All,
        .. FrameTargets.All,
        .. NetworkTargets.All,
    ];
}
