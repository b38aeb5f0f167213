using System.Net.Http.Json;
using System.Text.Json;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Storage commitment in both roles (PS3.4 Annex J): answered from what is durable, told until it is heard.</summary>
public sealed class CommitmentTests
{
    private const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";

    private static readonly byte[] Image = GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian);
    private static readonly Uid Transaction = Uid.Parse("2.25.77");
    private static readonly SopReference Unknown = new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse("2.25.99"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_is_committed_to_and_what_is_not_is_named_with_its_reason()
    {
        await using var host = await ListenerHost.StartAsync();
        var stored = await StoreAsync(host);
        SopReference otherClass = new(Uid.Parse(CtImageStorage), stored.SopInstanceUid);

        var outcome = await host.Client().RequestCommitmentAsync(
            new(Transaction, [stored, Unknown, otherClass]), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal([stored], outcome.Result!.Kept);
        Assert.Equal(
            [new(Unknown, CommitmentFailure.NoSuchObjectInstance), new(otherClass, CommitmentFailure.ClassInstanceConflict)],
            outcome.Result.Failed);
        await StateBecomesAsync(host, CommitmentState.Reported);
    }

    [Fact]
    public async Task An_image_whose_object_is_gone_is_not_committed_to()
    {
        await using var host = await ListenerHost.StartAsync();
        var stored = await StoreAsync(host);
        await using (var db = host.Open())
            File.Delete(ObjectFile.Of(host.Data, (await db.Instances.SingleAsync(Cancel)).Sha256));

        var outcome = await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(CommitmentFailure.NoSuchObjectInstance, Assert.Single(outcome.Result!.Failed).Reason);
    }

    [Fact]
    public async Task A_caller_that_leaves_before_it_heard_is_parked_and_may_ask_again()
    {
        await using var host = await ListenerHost.StartAsync();
        var stored = await StoreAsync(host);

        await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.Zero, Cancel);
        await StateBecomesAsync(host, CommitmentState.Parked);
        await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.FromSeconds(30), Cancel);

        await StateBecomesAsync(host, CommitmentState.Reported);
    }

    [Fact]
    public async Task A_caller_with_a_port_of_its_own_is_told_there_and_notes_it_by_the_transaction()
    {
        await using var scanner = await ListenerHost.StartAsync(
            new() { ["Dicom:AeTitle"] = "SCANNER", ["Dicom:Callers:0:AeTitle"] = "GATEWAY", ["Dicom:Callers:0:Cidr"] = "127.0.0.0/8" });
        await using var host = await ListenerHost.StartAsync(ReportingTo("SCANNER", scanner.Port));
        var stored = await StoreAsync(host);
        var delivery = await AskedAsync(scanner, Transaction, calling: "GATEWAY", called: "SCANNER");

        var outcome = await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.Zero, Cancel);

        Assert.Equal((DimseStatus.Success, null), (outcome.Status, outcome.Result));
        await CommittedAsync(scanner, delivery);
        await StateBecomesAsync(host, CommitmentState.Reported);
    }

    [Fact]
    public async Task Of_two_entries_of_a_title_the_one_that_let_the_caller_in_says_where_it_is_told()
    {
        await using var scanner = await ListenerHost.StartAsync(
            new() { ["Dicom:AeTitle"] = "SCANNER", ["Dicom:Callers:0:AeTitle"] = "GATEWAY", ["Dicom:Callers:0:Cidr"] = "127.0.0.0/8" });
        var settings = ReportingTo("SCANNER", FreePort.Next());
        settings["Dicom:Callers:0:Cidr"] = "10.0.0.0/8";
        settings["Dicom:Callers:1:AeTitle"] = "SCANNER";
        settings["Dicom:Callers:1:Cidr"] = "127.0.0.0/8";
        settings["Dicom:Callers:1:ReportTo"] = $"127.0.0.1:{scanner.Port}";
        await using var host = await ListenerHost.StartAsync(settings);
        var stored = await StoreAsync(host);
        var delivery = await AskedAsync(scanner, Transaction, calling: "GATEWAY", called: "SCANNER");

        await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.Zero, Cancel);

        await CommittedAsync(scanner, delivery);
        await StateBecomesAsync(host, CommitmentState.Reported);
    }

    [Fact]
    public async Task A_caller_that_cannot_be_reached_is_tried_again_later()
    {
        await using var host = await ListenerHost.StartAsync(ReportingTo("SCANNER", FreePort.Next()));
        var stored = await StoreAsync(host);

        await host.Client().RequestCommitmentAsync(new(Transaction, [stored]), TimeSpan.Zero, Cancel);

        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = host.Open();
                return await db.Commitments.AnyAsync(c => c.State == CommitmentState.Due && c.Attempts == 1 && c.Error != null, Cancel);
            },
            "the report is postponed");
    }

    [Fact]
    public async Task A_report_of_a_transaction_that_is_not_ours_is_refused()
    {
        await using var host = await ListenerHost.StartAsync();

        Assert.Equal(DimseStatus.ProcessingFailure, await host.Client().ReportCommitmentAsync(new(Transaction, [Unknown], []), Cancel));
    }

    [Fact]
    public async Task Orthanc_asks_and_hears_what_is_kept_and_what_is_not()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var host = await ListenerHost.StartAsync(ReportingTo(orthanc.AeTitle, orthanc.DicomPort));
        await orthanc.AddModalityAsync("gateway", "GATEWAY", host.Port);
        await StoreAsync(host, orthanc.AeTitle);

        Assert.Equal("Success", await AskAsync(orthanc, InstanceUid));
        Assert.Equal("Failure", await AskAsync(orthanc, Unknown.SopInstanceUid.Value));
    }

    [Fact]
    public async Task Orthanc_sends_and_what_it_sent_is_stored()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var host = await ListenerHost.StartAsync(ListenerHost.Callers((orthanc.AeTitle, "127.0.0.0/8")));
        await orthanc.AddModalityAsync("gateway", "GATEWAY", host.Port);
        using var file = new ByteArrayContent(Image);
        using var uploaded = await orthanc.Http.PostAsync("/instances", file, Cancel);
        var id = (await uploaded.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("ID").GetString()!;

        using var sent = await orthanc.Http.PostAsync("/modalities/gateway/store", new StringContent(id), Cancel);

        sent.EnsureSuccessStatusCode();
        await using var db = host.Open();
        var instance = await db.Instances.SingleAsync(Cancel);
        Assert.Equal(InstanceUid, instance.SopInstanceUid);
        var pixels = DicomFile.Open(ObjectFile.Of(host.Data, instance.Sha256)).Dataset.GetValues<byte>(DicomTag.PixelData);
        Assert.Equal(DicomFile.Open(new MemoryStream(Image)).Dataset.GetValues<byte>(DicomTag.PixelData), pixels);
    }

    [Fact]
    public async Task Orthanc_is_asked_and_its_report_finds_the_delivery()
    {
        var orthanc = await OrthancServer.GetAsync();
        await using var host = await ListenerHost.StartAsync(
            ListenerHost.Callers((orthanc.AeTitle, "127.0.0.0/8"), ("SCANNER", "127.0.0.0/8")));
        await orthanc.AddModalityAsync("gateway", "GATEWAY", host.Port);
        using var file = new ByteArrayContent(Image);
        (await orthanc.Http.PostAsync("/instances", file, Cancel)).EnsureSuccessStatusCode();
        var transaction = Uid.Of(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        var delivery = await AskedAsync(host, transaction);
        var client = new DicomClient(
            new()
            {
                Host = orthanc.Host,
                Port = orthanc.DicomPort,
                CalledAe = AeTitle.Parse(orthanc.AeTitle),
                CallingAe = AeTitle.Parse("GATEWAY"),
            },
            TimeProvider.System);

        var outcome = await client.RequestCommitmentAsync(
            new(transaction, [new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse(InstanceUid))]), TimeSpan.Zero, Cancel);

        Assert.Equal(DimseStatus.Success, outcome.Status);
        await CommittedAsync(host, delivery);
    }

    private static string InstanceUid => GeneratedObject.Uid(1, 1);

    private static Dictionary<string, string?> ReportingTo(string title, int port) => new()
    {
        ["Dicom:Callers:0:AeTitle"] = title,
        ["Dicom:Callers:0:Cidr"] = "127.0.0.0/8",
        ["Dicom:Callers:0:ReportTo"] = $"127.0.0.1:{port}",
        ["Dicom:Completion:Poll"] = "00:00:00.05",
    };

    private static async Task<SopReference> StoreAsync(ListenerHost host, string calling = "SCANNER", string called = "GATEWAY")
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("a.dcm");
        await File.WriteAllBytesAsync(path, Image, Cancel);
        var result = await host.Client(calling, called).StoreAsync([Part10Source.File(path)], Cancel).SingleAsync(Cancel);
        Assert.Equal(DimseStatus.Success, result.Status);
        return new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse(InstanceUid));
    }

    /// <summary>A delivery of the image, for which a destination was asked.</summary>
    private static async Task<Guid> AskedAsync(ListenerHost host, Uid transaction, string calling = "SCANNER", string called = "GATEWAY")
    {
        await StoreAsync(host, calling, called);
        await using var db = host.Open();
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            InstanceId = (await db.Instances.SingleAsync(Cancel)).Id,
            Destination = "pacs",
            WaitingSince = TimeProvider.System.GetUtcNow(),
            State = DeliveryState.Delivered,
            CommitmentTransactionUid = transaction.Value,
        };
        db.Deliveries.Add(delivery);
        await db.SaveChangesAsync(Cancel);
        return delivery.Id;
    }

    private static Task CommittedAsync(ListenerHost host, Guid delivery) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = host.Open();
            return await db.Deliveries.AnyAsync(d => d.Id == delivery && d.CommittedAt != null && d.CommitmentFailure == null, Cancel);
        },
        "the delivery is committed to");

    private static Task StateBecomesAsync(ListenerHost host, CommitmentState state) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = host.Open();
            return await db.Commitments.AnyAsync(c => c.State == state, Cancel);
        },
        $"the commitment is {state}");

    private static async Task<string> AskAsync(OrthancServer orthanc, string sopInstanceUid)
    {
        var question = new
        {
            DicomInstances = new[] { new { SOPClassUID = GeneratedObject.MrImageStorage,
            SOPInstanceUID = sopInstanceUid } }
        };
        using var answer = await orthanc.Http.PostAsJsonAsync(
            "/modalities/gateway/storage-commitment", question, JsonSerializerOptions.Default, Cancel);
        var path = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("Path").GetString();
        var status = "Pending";
        await Eventually.TrueAsync(
            async () =>
                (status = (await orthanc.Http.GetFromJsonAsync<JsonElement>(path, Cancel)).GetProperty("Status").GetString()!) != "Pending",
            "Orthanc has heard");
        return status;
    }
}
