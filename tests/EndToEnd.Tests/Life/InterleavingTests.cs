using System.Diagnostics;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>
/// Two workers, two or three destinations, late images, releases, replays and processes that die, in every order that chance finds, one
/// statement or transaction at a time. Nothing may end in a state that nothing leaves, unless an operator sees it.
/// </summary>
public sealed class InterleavingTests
{
    private const int Courses = 60;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    [Theory, EachDatabase]
    public Task No_interleaving_leaves_a_series_where_nobody_sees_it(DatabaseProvider provider) => RunAsync(provider, twoPatients: false, Longest);

    /// <summary>Whatever a person chooses, and whenever; neither in what is made and sent nor in what is published.</summary>
    [Theory, EachDatabase]
    public Task No_order_of_images_of_two_patients_joins_one_with_the_others_name(DatabaseProvider provider) => RunAsync(provider, twoPatients: true, Longest / 2);

    private static async Task RunAsync(DatabaseProvider provider, bool twoPatients, TimeSpan longest)
    {
        await using var two = await World.CreateAsync(provider, destinations: 2);
        await using var three = await World.CreateAsync(provider, destinations: 3);
        var (clock, seed, once) = (Stopwatch.StartNew(), 0, int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_SEED"), out var asked));
        for (seed = once ? asked : 0; seed < (once ? asked + 1 : Courses) && clock.Elapsed < longest; seed++)
            await new Course(seed % 3 == 2 ? three : two, seed % 3 == 2 ? 3 : 2, new(seed), twoPatients).RunAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed} courses in {clock.Elapsed.TotalSeconds:0} s");
    }
}
