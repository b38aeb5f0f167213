using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>The rule <c>expected-count</c>: complete without waiting, where a sender that is believed has said how many images there
/// are.</summary>
public sealed class ExpectedCountTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_study_whose_images_are_all_there_is_complete_once_no_association_is_open_on_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreSayingAsync(association, 3, 1, 2, 3);

        Assert.Equal(0, await DecideAsync(database));
        await arrivals.CloseAsync(association, AssociationOutcome.Aborted);
        Assert.Equal(1, await DecideAsync(database));

        await using var db = database.Open();
        var study = await db.Studies.SingleAsync(Cancel);
        Assert.Equal((CompletionRule.ExpectedCount, 1, 3), (study.CompletionRule, study.Revision, study.CompletedInstances));
    }

    [Theory, EachDatabase]
    public async Task Fewer_or_more_images_than_said_wait_for_the_quiet_time(DatabaseProvider provider)
    {
        foreach (var said in (int[])[2, 4])
        {
            await using var database = await TestDatabase.CreateAsync(provider);
            var arrivals = new Arrivals(database, _time);
            var association = await arrivals.OpenAsync();
            await arrivals.StoreSayingAsync(association, said, 1, 2, 3);
            await arrivals.CloseAsync(association, AssociationOutcome.Released);

            Assert.Equal(0, await DecideAsync(database));
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(1, await DecideAsync(database));

            await using var db = database.Open();
            Assert.Equal(CompletionRule.ReleasedQuiet, (await db.Studies.SingleAsync(Cancel)).CompletionRule);
        }
    }

    [Theory, EachDatabase]
    public async Task A_late_image_opens_the_next_revision_and_is_waited_for_unless_the_count_grew_with_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await SendSayingAsync(arrivals, 1, 1);
        Assert.Equal(1, await DecideAsync(database));

        await SendSayingAsync(arrivals, 1, 2);
        Assert.Equal(0, await DecideAsync(database));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await DecideAsync(database));
        await SendSayingAsync(arrivals, 3, 3);
        Assert.Equal(1, await DecideAsync(database));

        await using var db = database.Open();
        var study = await db.Studies.SingleAsync(Cancel);
        Assert.Equal((CompletionRule.ExpectedCount, 3, 3), (study.CompletionRule, study.Revision, study.CompletedInstances));
    }

    [Theory, EachDatabase]
    public async Task Of_several_counts_the_highest_stands(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreSayingAsync(association, 3, 1);
        await arrivals.StoreSayingAsync(association, 2, 2);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);

        Assert.Equal(0, await DecideAsync(database));

        await using var db = database.Open();
        Assert.Equal(3, (await db.Studies.SingleAsync(Cancel)).ExpectedInstances);
    }

    [Theory, EachDatabase]
    public async Task An_image_of_a_known_series_that_says_more_than_those_before_it_is_believed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        ReceivedInstance Saying(int instance, int expected) =>
            Arrivals.Instance(association, instance, _time.GetUtcNow()) with { ExpectedInStudy = expected };
        await using var known = await KnownSeries.OpenAsync(database.Contexts);
        await using (var db = database.Open())
        {
            var kept = Assert.Single(await InstanceBatch.WriteAsync(db, arrivals.Objects, [Saying(1, 2)]));
            known.Learn(Saying(1, 2), kept);
        }

        Assert.True(await known.TryWriteAsync([Saying(2, 1)]));
        Assert.Equal(2, await ExpectedAsync(database));
        Assert.True(await known.TryWriteAsync([Saying(3, 3)]));
        Assert.Equal(3, await ExpectedAsync(database));
    }

    [Theory, EachDatabase]
    public async Task A_commitment_request_that_names_the_whole_study_says_that_its_sender_has_no_more(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreAsync(association, 1, 2);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);
        var (objects, at) = (new FolderObjectStore(database.Data), _time.GetUtcNow());
        foreach (var instance in (int[])[1, 2])
            await ObjectFile.WriteAsync(database.Data, Arrivals.Instance(association, instance, at).Sha256, [], Cancel);

        await LookAsync(database, objects, ExpectedCountSources.None, 1, 2);
        Assert.Equal(0, await DecideAsync(database));
        await LookAsync(database, objects, ExpectedCountSources.StorageCommitment, 1, 2, 3);    // one is not kept: there is more to come
        Assert.Equal(0, await DecideAsync(database));
        await LookAsync(database, objects, ExpectedCountSources.StorageCommitment, 1);
        Assert.Equal(0, await DecideAsync(database));
        await LookAsync(database, objects, ExpectedCountSources.StorageCommitment, 1, 2, 2);
        Assert.Equal(1, await DecideAsync(database));

        await using var db = database.Open();
        Assert.Equal(CompletionRule.ExpectedCount, (await db.Studies.SingleAsync(Cancel)).CompletionRule);
    }

    [Theory]
    [InlineData("None", null)]
    [InlineData("StorageCommitment", null)]
    [InlineData("StudyRelatedInstances", CompletionRule.ExpectedCount)]
    [InlineData("StudyRelatedInstances, StorageCommitment", CompletionRule.ExpectedCount)]
    public async Task A_caller_is_believed_where_its_entry_says_so(string believed, string? rule)
    {
        var settings = ListenerHost.Callers(("SCANNER", "127.0.0.0/8"));
        settings["Dicom:Callers:0:ExpectedCount"] = believed;
        settings["Dicom:Completion:ReleasedQuiet"] = "01:00:00";
        settings["Dicom:Completion:Poll"] = "00:00:00.05";
        await using var host = await ListenerHost.StartAsync(settings);

        Assert.True((await host.SendAsync(FileSaying("1"))).IsStored);

        await host.ClosedAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = host.Open();
                var study = await db.Studies.SingleAsync(Cancel);
                return (study.CompletionRule, study.ExpectedInstances) == (rule, rule is null ? null : 1);
            },
            "the study is complete, or nothing was believed");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    public void A_count_that_is_none_is_not_believed(string said)
    {
        using var scan = new HeaderScan(TransferSyntaxes.ExplicitLittleEndian);
        var file = FileSaying(said);
        scan.Feed(file.AsSpan(file.AsSpan().IndexOf((byte[])[8, 0, 5, 0])));    // past the file meta information
        var header = scan.Complete();

        Assert.Equal(said, header.GetText(HeaderTag.NumberOfStudyRelatedInstances));
        Assert.Null(new CallerOptions { ExpectedCount = ExpectedCountSources.StudyRelatedInstances }.ExpectedInStudy(header));
    }

    private static async Task<int?> ExpectedAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Studies.SingleAsync(Cancel)).ExpectedInstances;
    }

    private static byte[] FileSaying(string count)
    {
        var file = DicomFile.Open(new MemoryStream(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian)));
        file.Dataset.AddOrUpdate(DicomTag.NumberOfStudyRelatedInstances, count);
        using var saved = new MemoryStream();
        file.Save(saved);
        return saved.ToArray();
    }

    private static async Task SendSayingAsync(Arrivals arrivals, int expected, int instance)
    {
        var association = await arrivals.OpenAsync();
        await arrivals.StoreSayingAsync(association, expected, instance);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);
    }

    private async Task LookAsync(TestDatabase database, IObjectStore objects, ExpectedCountSources believed, params int[] instances)
    {
        var look = new CommitmentLook(
            database.Contexts, new(database.Contexts, objects), Options.Create(new DicomListenerOptions()), _time);
        SopReference[] named =
            [.. instances.Select(i => new SopReference(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse(GeneratedObject.Uid(1, i))))];
        await look.FindAsync(new() { ExpectedCount = believed }, new(Uid.Parse("2.25.77"), named), _time.GetUtcNow(), Cancel);
    }

    private Task<int> DecideAsync(TestDatabase database) => new StudyCompletion(
        database.Contexts, Options.Create(new DicomListenerOptions()), TestOutages.Of(_time), _time, NullLogger<StudyCompletion>.Instance)
            .DecideAsync(Cancel);
}
