namespace Gateway.Persistence.Tests;

public sealed class StabilityIndexTests
{
    private const int Fewest = 20;

    [Fact]
    public void It_is_what_one_computes_by_hand()
    {
        // Deciles of 1..20 hold two values each. Live: half in the first, half in the last, eight empty ones of half a value.
        var live = Enumerable.Repeat(1.0, 10).Concat(Enumerable.Repeat(20.0, 10));

        var index = StabilityIndex.Of(Enumerable.Range(1, 20).Select(i => (double)i), live, Fewest)!;

        Assert.Equal(2 * (0.5 - 0.1) * Math.Log(5) + 8 * (0.025 - 0.1) * Math.Log(0.25), index.Value, 1e-12);
        Assert.Equal((20, 20), (index.Reference, index.Live));
        Assert.Equal(28.06 * (1.0 / 20 + 1.0 / 20), index.Chance, 1e-3);
    }

    [Fact]
    public void The_same_values_are_no_drift() =>
        Assert.Equal(0, StabilityIndex.Of(Values(200, 1), Values(200, 1), Fewest)!.Value);

    [Theory]
    [InlineData(1), InlineData(-1)]
    public void A_value_that_was_always_the_same_and_is_another_now_is_seen(int step)
    {
        var index = StabilityIndex.Of(Enumerable.Repeat(1.0, 30), Enumerable.Repeat(1.0 + step, 30), Fewest)!;

        Assert.Equal(2 * (1 - 1.0 / 60) * Math.Log(60), index.Value, 1e-9);
    }

    [Fact]
    public void With_too_few_on_either_side_there_is_no_figure()
    {
        Assert.Null(StabilityIndex.Of(Values(19, 1), Values(200, 2), Fewest));
        Assert.Null(StabilityIndex.Of(Values(200, 1), Values(19, 2), Fewest));
        Assert.Null(StabilityIndex.Of(Values(200, 1), [.. Values(19, 2), double.NaN, double.PositiveInfinity], Fewest));
        Assert.NotNull(StabilityIndex.Of(Values(20, 1), Values(20, 2), Fewest));
    }

    /// <summary>A limit alone would cry wolf every week in a house of 20 to 50 series a week.</summary>
    [Theory]
    [InlineData(200, 20), InlineData(200, 50), InlineData(500, 50), InlineData(200, 200)]
    public void Without_drift_few_values_exceed_the_limit_but_seldom_chance(int reference, int live)
    {
        const int trials = 1000;
        var indices = Enumerable.Range(0, trials)
            .Select(seed => StabilityIndex.Of(Values(reference, 2 * seed), Values(live, 2 * seed + 1), Fewest)!).ToList();

        Assert.InRange(indices.Count(index => index.Exceeds(0.1)), 0, trials / 100);
        if (live <= 50)
            Assert.InRange(indices.Count(index => index.Value >= 0.25), trials / 4, trials);
    }

    [Fact]
    public void What_lies_elsewhere_exceeds_chance_also_with_few_values()
    {
        Assert.True(StabilityIndex.Of(Values(200, 1), Values(20, 2).Select(x => x + 2.5), Fewest)!.Exceeds(0.25));
        Assert.True(StabilityIndex.Of(Values(500, 1), Values(100, 2).Select(x => x + 1), Fewest)!.Exceeds(0.25));
    }

    /// <summary>Normally distributed.</summary>
    internal static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
