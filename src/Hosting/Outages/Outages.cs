using System.Collections.Concurrent;
using Gateway.Persistence;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>What is away now. The log tells of it at the first try that fails, after a minute, and after four times as long each time, at
/// least once a day; and when it is back.</summary>
public sealed partial class Outages(TimeProvider time, ILogger<Outages> logger)
{
    private const int Growth = 4;
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Told> _away = [];

    /// <summary>Long enough for every pause between two tries: what was not tried since then is waited for elsewhere, or no more.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    /// <summary>The longest away first.</summary>
    public IReadOnlyList<Outage> Current
    {
        get
        {
            var oldest = time.GetUtcNow() - Forgotten;
            return [.. _away.Values.Select(told => told.Outage).Where(outage => outage.LastAt >= oldest).OrderBy(outage => outage.Since)];
        }
    }

    public Outage? Find(string what) => _away.TryGetValue(what, out var told) ? told.Outage : null;

    /// <summary>One more try failed.</summary>
    /// <param name="what">What is away.</param>
    /// <param name="cause">Why, in words that may be logged.</param>
    /// <param name="since">Since when work waits for it, where that is known to be longer than this process saw.</param>
    public void Away(string what, string cause, DateTimeOffset? since = null)
    {
        var now = time.GetUtcNow();
        var told = _away.AddOrUpdate(
            what,
            _ => new(new(what, cause, since ?? now, now, 1), now, TimeSpan.Zero, IsNews: true),
            (_, before) => before.Again(cause, since, now));
        if (told.IsNews)
            LogAway(what, cause, told.Outage.Tries, told.Outage.Since);
    }

    /// <summary>It works.</summary>
    public void Over(string what)
    {
        if (!_away.TryRemove(what, out var told))
            return;
        var took = time.GetUtcNow() - told.Outage.Since;
        LogBack(what, took);
    }

    /// <summary>What something is called that one kind of work waits for.</summary>
    /// <param name="dependency">As <see cref="WorldFaults"/> names it.</param>
    /// <param name="work">The name of a queue, or what a service does again and again.</param>
    public static string NameOf(string dependency, string work) => dependency + Suffix(work);

    /// <summary>Notes that work failed because something is away.</summary>
    /// <returns>False: the error is the work's own, and is not noted.</returns>
    public bool Holds(Exception error, string work)
    {
        if (WorldFaults.DependencyOf(error) is not { } dependency)
            return false;
        Away(NameOf(dependency, work), error.GetType().Name);
        return true;
    }

    /// <summary>The work was done: nothing that it waited for is away.</summary>
    public void Resumed(string work)
    {
        foreach (var what in _away.Keys.Where(what => what.EndsWith(Suffix(work), StringComparison.Ordinal)))
            Over(what);
    }

    private static string Suffix(string work) => $", for {work},";

    /// <param name="At">When the log was told last.</param>
    /// <param name="Interval">How long the log had been silent before.</param>
    /// <param name="IsNews">It is told now.</param>
    private sealed record Told(Outage Outage, DateTimeOffset At, TimeSpan Interval, bool IsNews)
    {
        public Told Again(string cause, DateTimeOffset? since, DateTimeOffset now)
        {
            var outage = Outage with
            {
                Cause = cause,
                Since = since < Outage.Since ? since.Value : Outage.Since,
                LastAt = now,
                Tries = Outage.Tries + 1,
            };
            var next = Interval == TimeSpan.Zero
                ? FirstInterval : Interval * Growth < LongestInterval ? Interval * Growth : LongestInterval;
            return now - At >= next ? new(outage, now, next, IsNews: true) : this with { Outage = outage, IsNews = false };
        }
    }

    [LoggerMessage(
        EventId = 4110, Level = LogLevel.Warning, Message = "{What} is away: {Cause} ({Tries} tries, waited for since {Since:u})")]
    private partial void LogAway(string what, string cause, int tries, DateTimeOffset since);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Information, Message = "{What} is back after {Time}")]
    private partial void LogBack(string what, TimeSpan time);
}
