namespace Gateway.TranslationWorker.Tests;

public class StudyStartTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [Theory]
    [InlineData("20261101", "101530.250000", "+0530", "2026-11-01T10:15:30+05:30")]
    [InlineData("20261101", "1015", "-0330", "2026-11-01T10:15:00-03:30")]
    [InlineData("2026.11.01", "10:15:30", "+0000", "2026-11-01T10:15:30+00:00")]
    [InlineData("20261101", "10", null, "2026-11-01T10:00:00+01:00")]
    [InlineData("20260701", "101530", null, "2026-07-01T10:15:30+02:00")]
    [InlineData("20260701", "101530", "rubbish", "2026-07-01T10:15:30+02:00")]
    public void A_time_with_a_zone_is_written_with_its_offset(string date, string time, string? offset, string expected) =>
        Assert.Equal(expected, StudyStart.Format(date, time, offset, Vienna));

    [Theory]
    [InlineData("101530", "+2500")]
    [InlineData("101530", "0100")]
    [InlineData("101530", null)]
    [InlineData("", "+0100")]
    [InlineData(null, "+0100")]
    [InlineData("25", "+0100")]
    public void Without_a_usable_time_and_zone_only_the_date_is_written(string? time, string? offset) =>
        Assert.Equal("2026-11-01", StudyStart.Format("20261101", time, offset, zone: null));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20261301")]
    [InlineData("not a date")]
    public void No_usable_date_gives_nothing(string? date) => Assert.Null(StudyStart.Format(date, "101530", "+0100", Vienna));
}
