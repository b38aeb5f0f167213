using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Archive;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests.Rejection;

/// <summary>A phantom patient through the worker's own handlers and the shipped models, before a reader.</summary>
public sealed class RejectedPicturesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_a_reader_rejected_is_not_made_again_until_it_is_accepted_and_not_archived(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var series = await house.ReceiveAsync(
            [.. PhantomSeries.Create(new PhantomSeriesOptions { Kind = PhantomKind.HeadCt, Seed = 3, Size = 192, Spacing = 1.2 })]);
        await house.DecideAsync(series);
        await house.TranslateAsync(series);
        Assert.Single(await house.SamplesAsync());
        await JudgeAsync(house, VerdictKind.Rejected);
        Assert.Empty(await house.SamplesAsync());

        series.Revision = 2;    // as after a late image that changes nothing
        await using (var db = house.Database.Open())
            await db.Series.Where(s => s.Id == series.Id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.State, SeriesState.Queued).SetProperty(s => s.Revision, 2), Cancel);
        await house.TranslateAsync(series);

        Assert.Equal((SeriesState.Ineligible, "rejected-by-reader", SeriesState.Superseded), await StateAsync(house));
        Assert.Empty(await house.SamplesAsync());

        await JudgeAsync(house, VerdictKind.Accepted);
        await house.TranslateAsync(series);

        Assert.Equal((SeriesState.Translated, "", SeriesState.Translated), await StateAsync(house));
        Assert.Single(await house.SamplesAsync());
    }

    private static async Task JudgeAsync(ArchiveHouse house, VerdictKind kind)
    {
        await using var db = house.Database.Open();
        var made = await db.Series.Where(s => s.Origin == SeriesOrigin.Derived).Select(s => s.Id).SingleAsync(Cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var verdict = new ReaderVerdict
        {
            Id = Guid.CreateVersion7(), SeriesId = made, Kind = kind, At = TimeProvider.System.GetUtcNow(), By = "Anna", Why = "Because.",
            Title = kind == VerdictKind.Rejected ? ReaderVerdict.Quality : null,
        };
        Assert.Equal(JudgeResult.Recorded, await db.JudgeAsync(verdict, TimeProvider.System, Cancel));
        await db.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    /// <summary>Of the received series with its reason, and of the only derived one.</summary>
    private static async Task<(SeriesState, string, SeriesState)> StateAsync(ArchiveHouse house)
    {
        await using var db = house.Database.Open();
        var series = await db.Series.AsNoTracking().ToListAsync(Cancel);
        var source = series.Single(s => s.Origin == SeriesOrigin.Received);
        return (source.State, source.Reasons.FirstOrDefault()?.Code ?? "", series.Single(s => s.Origin == SeriesOrigin.Derived).State);
    }
}
