using System.Diagnostics;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>
/// Two workers, two or three destinations, late images, in every other course those of a second patient, releases, verdicts, replays and
/// processes that die, in every order that chance finds, one statement or transaction at a time. Nothing may end in a state that
/// nothing leaves, unless an operator sees it.</summary>
public sealed class InterleavingTests
{
    private const int Courses = 60;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    [Theory, EachDatabase]
    public async Task No_interleaving_leaves_a_series_where_nobody_sees_it(DatabaseProvider provider)
    {
        await using var two = await World.CreateAsync(provider, destinations: 2);
        await using var three = await World.CreateAsync(provider, destinations: 3);
        var (clock, seed, once) =
            (Stopwatch.StartNew(), 0, int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_SEED"), out var asked));
        for (seed = once ? asked : 0; seed < (once ? asked + 1 : Courses) && clock.Elapsed < Longest; seed++)
            await new Course(seed % 3 == 2 ? three : two, seed % 3 == 2 ? 3 : 2, new(seed), twoPatients: seed % 2 == 1).RunAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed} courses in {clock.Elapsed.TotalSeconds:0} s");
    }
}
