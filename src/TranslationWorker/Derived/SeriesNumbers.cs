using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Series Number (0020,0011) of derived series: 1000 and the source's number, and 1000 more as long as a series of the study
/// has that. The source's next result gets the next one.</summary>
public static class SeriesNumbers
{
    private const int Step = 1000;

    /// <summary>A number above this, as some devices make them of a time, counts as none: thousands of results fit above it.</summary>
    private const int LargestSource = int.MaxValue - 10_000 * Step;

    /// <summary>The number where no other series is known.</summary>
    public static int Alone(int? source) => Step + (source is >= 0 and <= LargestSource ? source.Value : 0);

    /// <summary>The number of what is made next from <paramref name="source"/>, as its study is now.</summary>
    public static async Task<int> NextAsync(Series source, GatewayDbContext db, CancellationToken cancel) => Next(
        await db.Series.AsNoTracking().Where(s => s.StudyId == source.StudyId).ToListAsync(cancel), source.Id);

    /// <summary>The number of a report: 500 more than that of the series it is on, between its and those of later results.</summary>
    /// <param name="made">Number of the derived series.</param>
    /// <param name="taken">Those of the study.</param>
    public static int OfReport(int made, IReadOnlySet<int> taken)
    {
        var number = made + Step / 2;
        while (taken.Contains(number))
            number += Step;
        return number;
    }

    /// <summary>All results that the study's sources wait for are numbered, round by round and in the order of arrival, although only one
    /// is asked for: so replicas that translate two of them at a time come to different numbers without asking each other.</summary>
    /// <param name="study">All series of the study.</param>
    /// <param name="source">Id of one of them, a received one with a direction.</param>
    public static int Next(IReadOnlyCollection<Series> study, Guid source)
    {
        var taken = study.Select(s => s.SeriesNumber).OfType<int>().ToHashSet();
        var made = study.Where(s => s.DerivedFromSeriesId is not null).ToLookup(s => s.DerivedFromSeriesId!.Value);
        var sources = study.Where(s => s.Id == source || s is { Origin: SeriesOrigin.Received, Direction: not null })
            .OrderBy(s => s.Id).ToList();
        for (var round = 0; ; round++)
            foreach (var one in sources.Where(s => made[s.Id].Count() <= round))
            {
                var number = Alone(one.SeriesNumber);
                while (!taken.Add(number))
                    number += Step;
                if (one.Id == source)
                    return number;
            }
    }
}
