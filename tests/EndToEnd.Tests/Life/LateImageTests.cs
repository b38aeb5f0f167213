using System.Globalization;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>A scanner sends the last images of a series minutes after the others, whatever has become of those.</summary>
public sealed class LateImageTests
{
    /// <summary><c>LATE_ROUNDS=20</c> for the long run.</summary>
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("LATE_ROUNDS") ?? "2", CultureInfo.InvariantCulture);

    [Theory, EachDatabase]
    public async Task Whenever_a_late_image_comes_the_last_result_is_made_of_all_and_counts_alone(DatabaseProvider provider)
    {
        await using var world = await World.CreateAsync(provider, destinations: 1);
        foreach (var moment in Enum.GetValues<Moment>())
            for (var round = 0; round < Rounds; round++)
                await new LateCourse(world, moment, round).RunAsync();
    }
}
