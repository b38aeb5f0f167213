using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.TranslationWorker.Tests.Handlers;

/// <summary>The direction comes from eligibility by message or, from before it was carried, by the series; the DICOM
/// modality says nothing.</summary>
public sealed class CarriedDirectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pd-ct", "t2-ct", "pd-ct")]
    [InlineData(null, "ct-t2", "ct-t2")]
    public async Task The_message_counts_and_the_series_where_it_says_nothing(string? carried, string stored, string expected) =>
        Assert.Equal(expected, (await AskedAsync(carried, stored)).Name);

    [Fact]
    public async Task Without_either_the_work_is_parked_with_its_reason()
    {
        var error = await Assert.ThrowsAsync<PermanentFailureException>(() => AskedAsync(carried: null, stored: null));
        Assert.Equal("no-direction", error.Reason.Code);
    }

    /// <summary>The direction that the translator is asked for.</summary>
    private static async Task<Direction> AskedAsync(string? carried, string? stored)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = database.Open();
        var study = new Study { Id = Guid.CreateVersion7(), StudyInstanceUid = "2.25.1", FirstReceivedAt = DateTimeOffset.UnixEpoch };
        var series = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, Study = study, SeriesInstanceUid = "2.25.2", Origin = SeriesOrigin.Received,
            Modality = "MR", Direction = stored, Revision = 1, State = SeriesState.Queued,
        };
        db.Add(series);
        await db.SaveChangesAsync(Cancel);
        db.ChangeTracker.Clear();
        var (objects, translator) = (new FolderObjectStore(database.Data), new NoHead());
        var outcome = new TranslationOutcome(
            new DerivedSeriesStore(objects, database.Data, TimeProvider.System), Decisions.Archive(database, objects),
            Decisions.NoRejections, TimeProvider.System, NullLogger<TranslationOutcome>.Instance);

        await new TranslateSeriesHandler(translator, outcome, objects, TimeProvider.System)
            .HandleAsync(new() { SeriesId = series.Id, Revision = 1, Direction = carried }, db, Cancel);

        return translator.Asked!;
    }

    /// <summary>Notes what it is asked for, and finds nothing to translate.</summary>
    private sealed class NoHead : ITranslator
    {
        public Direction? Asked { get; private set; }

        public TranslatedSeries Translate(
            Direction direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
            IReadOnlyCollection<string>? released = null, int? seriesNumber = null, IProgress<string>? progress = null,
            CancellationToken cancel = default)
        {
            Asked = direction;
            throw new VolumeException(ReasonCode.NoHead, "There is none.");
        }
    }
}
