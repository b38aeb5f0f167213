using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Which results a destination is sent.</summary>
public sealed class DeliveryRulesTests
{
    private static readonly DeliveryFacts Result = new(new HashSet<string> { "MR_1" }, "CT", "t2-ct", "Ax T2 FS", GateResult.Passed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CallingAe=MR_1", true), InlineData("CallingAe=MR_2", false), InlineData("CallingAe=mr_1", false)]
    [InlineData("Modality=CT", true), InlineData("Modality=MR", false)]
    [InlineData("Direction=t2-ct", true), InlineData("Direction=ct-t2", false)]
    [InlineData("Description=ax t2*", true), InlineData("Description=*T2 ?S", true), InlineData("Description=T2", false)]
    [InlineData("Gate=Passed", true), InlineData("Gate=Released", false)]
    [InlineData("Modality=CT;CallingAe=MR_1;Gate=Passed", true), InlineData("Modality=CT;CallingAe=MR_2", false)]
    public void All_that_a_rule_says_has_to_be_true(string rule, bool isTaken)
    {
        var said = rule.Split(';').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);

        Assert.Equal(isTaken, new DeliveryRule
        {
            CallingAe = said.GetValueOrDefault("CallingAe"),
            Modality = said.GetValueOrDefault("Modality"),
            Direction = said.GetValueOrDefault("Direction"),
            Description = said.GetValueOrDefault("Description"),
            Gate = said.TryGetValue("Gate", out var gate) ? Enum.Parse<GateResult>(gate) : null,
        }.Matches(Result));
    }

    [Fact]
    public void One_rule_of_several_is_enough_and_without_rules_all_is_taken()
    {
        Assert.True(new Destination { Takes = [new() { Modality = "MR" }, new() { Gate = GateResult.Passed }] }.IsFor(Result));
        Assert.False(new Destination { Takes = [new() { Modality = "MR" }, new() { Gate = GateResult.Released }] }.IsFor(Result));
        Assert.True(new Destination().IsFor(Result));
    }

    [Theory, EachDatabase]
    public async Task A_result_is_planned_for_the_destinations_that_take_it_and_for_no_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var delivery = new TestDelivery(
            database, To("all"), To("mr-1", ("Takes:0:CallingAe", "MR_1")), To("mr-2", ("Takes:0:CallingAe", "MR_2")),
            To("plain", ("Takes:0:Gate", "Passed")), To("released", ("Takes:0:Gate", "Released")),
            To("either", ("Takes:0:Direction", "ct-t2"), ("Takes:1:Description", "T2_TSE*")));
        await AddStudyAsync(database, isReleased: true);

        await AnnounceAsync(database, delivery);

        await using var db = database.Open();
        Assert.Equal(
            ["all", "either", "mr-1", "released"],
            await db.Deliveries.Select(d => d.Destination).Distinct().OrderBy(name => name).ToListAsync(Cancel));
        Assert.Equal(4, await db.Outbox.CountAsync(message => message.Type.EndsWith("DeliverSeries"), Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_result_that_nobody_takes_stays_and_its_study_is_available(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var delivery = new TestDelivery(database, To("mr", ("Takes:0:Modality", "MR")));
        await AddStudyAsync(database, isReleased: false);

        await AnnounceAsync(database, delivery);

        await using var db = database.Open();
        Assert.Empty(await db.Deliveries.ToListAsync(Cancel));
        var derived = await db.Series.SingleAsync(s => s.Id == SampleStudy.Id(3), Cancel);
        Assert.Equal(SeriesState.Translated, derived.State);
        await new FhirPublisher(
            Options.Create(new FhirOptions()), Options.Create(new SiteOptions()), delivery.Options, ShippedModalities.Table,
            TimeProvider.System).PublishAsync(db, derived.StudyId, Cancel);
        Assert.Contains("\"available\"", db.FhirResources.Local.Single(row => row.Type == "ImagingStudy").Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Takes:0:Colour", "blue", "says something")]
    [InlineData("Takes:0:CallingAe", "far too long for a title", "CallingAe")]
    [InlineData("Takes:0:Direction", "t2-pd", "Direction")]
    [InlineData("Takes:0:Modality", "ct", "Modality")]
    [InlineData("Takes:0:Gate", "7", "Passed or Released")]
    public async Task A_rule_that_can_take_nothing_is_told_at_the_start(string key, string value, string fault)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var delivery = new TestDelivery(
            database, builder => builder.Services.AddSingleton(ShippedModalities.Table), To("pacs", (key, value)));

        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(delivery.Validate).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> To(string name, params (string Key, string Value)[] rules) =>
        TestDelivery.CStore(name, 104).Concat(rules.Select(rule => KeyValuePair.Create(rule.Key, rule.Value))).ToDictionary();

    private static async Task AnnounceAsync(TestDatabase database, TestDelivery delivery)
    {
        await using var db = database.Open();
        await new SeriesTranslatedHandler(delivery.Options, TimeProvider.System).HandleAsync(
            new() { SeriesId = SampleStudy.Id(2), DerivedSeriesId = SampleStudy.Id(3) }, db, Cancel);
        await db.SaveHandledAsync(Cancel);
    }

    private static async Task AddStudyAsync(TestDatabase database, bool isReleased)
    {
        var study = SampleStudy.Create();
        var source = study.Series[0];
        var association = new Association
        {
            Id = SampleStudy.Id(9),
            CallingAe = "MR_1",
            CalledAe = "GATEWAY",
            RemoteAddress = "127.0.0.1",
            OpenedAt = SampleStudy.Received,
        };
        source.Instances.Add(new()
        {
            Id = SampleStudy.Id(8),
            SeriesId = source.Id,
            SopInstanceUid = "1.2.3.4",
            SopClassUid = GeneratedObject.MrImageStorage,
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            Sha256 = new string('c', 64),
            Bytes = 1,
            ReceivedAt = SampleStudy.Received,
            AssociationId = association.Id,
        });
        if (isReleased)
            source.Releases.Add(new()
            {
                Id = SampleStudy.Id(7),
                SeriesId = source.Id,
                Revision = source.Revision,
                At = SampleStudy.Received,
                By = "Anna",
                Why = "It is good.",
            });
        await using var db = database.Open();
        db.Associations.Add(association);
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
    }
}
