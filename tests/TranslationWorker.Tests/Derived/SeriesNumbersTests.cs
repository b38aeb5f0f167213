using Gateway.Persistence;

namespace Gateway.TranslationWorker.Tests.Derived;

public class SeriesNumbersTests
{
    private readonly List<Series> _study = [];

    [Fact]
    public void Two_t2_series_of_one_number_beside_the_scanners_own_1001_get_two_numbers_that_nobody_has()
    {
        var (first, second) = (Received(1), Received(1));
        Received(1001, direction: null);

        int[] numbers = [SeriesNumbers.Next(_study, first.Id), SeriesNumbers.Next(_study, second.Id)];

        Assert.Equal([2001, 3001], numbers);
        Derived(second, 3001);
        Assert.Equal(2001, SeriesNumbers.Next(_study, first.Id));
    }

    [Fact]
    public void The_order_in_which_they_are_made_changes_no_number()
    {
        var (first, second) = (Received(1), Received(1));

        Assert.Equal(2001, SeriesNumbers.Next(_study, second.Id));
        Derived(first, 1001);
        Assert.Equal(2001, SeriesNumbers.Next(_study, second.Id));
    }

    [Fact]
    public void Each_later_result_of_a_source_gets_the_next_number_and_never_anothers()
    {
        var (first, second) = (Received(1), Received(1));
        Derived(first, 1001);
        Derived(second, 2001);

        Assert.Equal([3001, 4001], (int[])[SeriesNumbers.Next(_study, first.Id), SeriesNumbers.Next(_study, second.Id)]);
        Derived(first, 3001);
        Assert.Equal([5001, 4001], (int[])[SeriesNumbers.Next(_study, first.Id), SeriesNumbers.Next(_study, second.Id)]);
    }

    [Fact]
    public void A_series_that_comes_later_takes_no_number_that_is_given() =>
        Assert.Equal(2001, Two(() => Derived(Received(1), 1001), () => Received(1)));

    [Theory, InlineData(null, 1000), InlineData(-5, 1000), InlineData(0, 1000), InlineData(301, 1301), InlineData(int.MaxValue, 1000)]
    [InlineData(int.MaxValue - 1001, 1000), InlineData(1_000_000_000, 1_000_001_000)]
    public void A_number_is_never_negative_and_leaves_room_for_later_ones(int? source, int expected)
    {
        var series = Received(source);

        Assert.Equal(expected, SeriesNumbers.Next(_study, series.Id));
        Derived(series, expected);
        Assert.Equal(expected + 1000, SeriesNumbers.Next(_study, series.Id));
    }

    private int Two(Action before, Func<Series> series)
    {
        before();
        return SeriesNumbers.Next(_study, series().Id);
    }

    private Series Received(int? number, string? direction = "t2-ct") => Add(SeriesOrigin.Received, number, direction, null);

    private void Derived(Series from, int number) => Add(SeriesOrigin.Derived, number, "t2-ct", from.Id);

    private Series Add(SeriesOrigin origin, int? number, string? direction, Guid? from)
    {
        _study.Add(new()
        {
            Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(_study.Count)), StudyId = Guid.Empty,
            SeriesInstanceUid = $"2.25.{_study.Count}", Origin = origin, SeriesNumber = number, Direction = direction,
            DerivedFromSeriesId = from,
        });
        return _study[^1];
    }
}
