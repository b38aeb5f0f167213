using Gateway.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>What the log is told of something that is away.</summary>
public sealed class OutagesTests : ILogger<Outages>
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    [Fact]
    public void It_is_told_at_the_first_try_at_growing_intervals_and_when_it_is_over()
    {
        var outages = new Outages(_time, this);
        var told = new List<double>();
        for (var minute = 0; minute < 7 * 24 * 60; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
        {
            var before = _lines.Count;
            outages.Away("destination pacs", "no connection");
            if (_lines.Count > before)
                told.Add(minute);
        }
        outages.Over("destination pacs");
        outages.Over("destination pacs");

        Assert.Equal([0, 1, 5, 21, 85, 341, 1365, 1365 + 1440, 1365 + (2 * 1440)], told[..9]);
        Assert.All(_lines[..^1], line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.Equal("destination pacs is away: no connection (86 tries, waited for since 2026-11-30 08:00:00Z)", _lines[4].Text);
        Assert.Equal(1, _lines.Count(line => line.Text.StartsWith("destination pacs is back after 7.", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_waited_before_this_process_began_is_told_with_its_age()
    {
        var outages = new Outages(_time, this);

        outages.Away("disk", "no space", _time.GetUtcNow().AddDays(-2));
        outages.Away("disk", "no space", _time.GetUtcNow().AddDays(-1));

        Assert.Equal((2, _time.GetUtcNow().AddDays(-2)), (outages.Find("disk")!.Tries, outages.Find("disk")!.Since));
        Assert.Contains("2026-11-28", Assert.Single(_lines).Text, StringComparison.Ordinal);
        Assert.Null(outages.Find("database"));
    }

    [Fact]
    public void Work_that_the_world_keeps_from_being_done_is_told_once_and_its_own_faults_are_not_taken()
    {
        var outages = new Outages(_time, this);

        for (var second = 0; second < 50; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            Assert.True(outages.Holds(new IOException("no space", 28), "the completion of studies"));
        Assert.False(outages.Holds(new InvalidOperationException("a bug"), "the completion of studies"));
        outages.Resumed("another work");
        Assert.Equal(50, Assert.Single(outages.Current).Tries);
        outages.Resumed("the completion of studies");

        Assert.Empty(outages.Current);
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _lines.Select(line => line.Level));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add((logLevel, formatter(state, exception)));
}
