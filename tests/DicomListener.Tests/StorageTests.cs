using System.Security.Cryptography;
using System.Text;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>What each object becomes, and what its sender is told (docs/architecture.md, "The flow", 1).</summary>
public sealed class StorageTests
{
    private static readonly byte[] ImageFile = Image(1);
    private static readonly int DataSetLength = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian).Length;

    private static readonly byte[] Pixels = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: 128)[^(2 * 128 * 128)..];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_storescu_sends_is_stored_under_its_hash_with_its_rows()
    {
        const int Count = 12;
        using var folder = new TemporaryDirectory();
        for (var i = 1; i <= Count; i++)
            await File.WriteAllBytesAsync(folder.Combine($"{i}.dcm"), Image(i, size: 128), Cancel);
        await using var host = await ListenerHost.StartAsync();

        await StorescuAsync(host, folder.Path);

        var association = await host.ClosedAsync();
        Assert.Equal(AssociationOutcome.Released, association.Outcome);
        Assert.Equal((Count, Count, 0), (association.Announced, association.Stored, association.Failed));
        await using var db = host.Open();
        var study = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal(GeneratedObject.Uid(0, 0), study.StudyInstanceUid);
        Assert.Equal(("P1", "20240229", "A77"), (study.PatientId, study.StudyDate, study.AccessionNumber));
        var series = Assert.Single(study.Series);
        Assert.Equal(("MR", 3, "T2 Sch\u00e4del"), (series.Modality, series.SeriesNumber, series.SeriesDescription));
        Assert.Equal(Enumerable.Range(1, Count), series.Instances.Select(i => i.InstanceNumber!.Value).Order());
        Assert.Equal(association.Id, (await db.AssociationStudies.SingleAsync(Cancel)).AssociationId);
        Assert.All(series.Instances, instance =>
        {
            var bytes = File.ReadAllBytes(ObjectFile.Of(host.Data, instance.Sha256));
            Assert.Equal(instance.Bytes, bytes.Length);
            Assert.Equal(instance.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var head = Part10Head.ReadAsync(new(instance.Sha256, () => host.Objects.OpenRead(instance.Sha256)), Cancel)
                .GetAwaiter().GetResult();
            Assert.Equal((instance.SopInstanceUid, instance.TransferSyntaxUid), (head.SopInstanceUid.Value, head.TransferSyntaxUid));
            Assert.Equal(Pixels, bytes[^Pixels.Length..]);
        });
        Assert.Empty(Directory.GetFiles(host.Data.Spool));
    }

    [Fact]
    public async Task A_stored_file_is_one_that_dcmtk_reads_and_does_not_depend_on_who_sent_it()
    {
        await using var host = await ListenerHost.StartAsync();
        await host.SendAsync(ImageFile);

        await using var db = host.Open();
        var instance = await db.Instances.SingleAsync(Cancel);
        var dump = Tool.Run("dcmdump", ObjectFile.Of(host.Data, instance.Sha256)).Succeeded().Output;

        Assert.Contains("MRImageStorage", dump, StringComparison.Ordinal);
        Assert.Contains("LittleEndianExplicit", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("SCANNER", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_images_are_stored_bit_by_bit()
    {
        var folder = RealData.Path("dicom/t2_fnndsc_siemens");
        await using var host = await ListenerHost.StartAsync();

        await StorescuAsync(host, folder);

        await using var db = host.Open();
        var instances = await db.Instances.ToListAsync(Cancel);
        Assert.Equal(Directory.GetFiles(folder, "*.dcm").Length, instances.Count);
        Assert.All(instances, instance => Assert.False(instance.PixelDataShort || instance.Conflict));
    }

    [Fact]
    public async Task The_same_image_sent_again_changes_nothing()
    {
        await using var host = await ListenerHost.StartAsync(ListenerHost.Callers(("SCANNER", "127.0.0.0/8"), ("ROUTER", "127.0.0.0/8")));

        foreach (var calling in (string[])["SCANNER", "SCANNER", "ROUTER"])
            Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile, calling)).Status);

        await using var db = host.Open();
        var instance = await db.Instances.SingleAsync(Cancel);
        Assert.False(instance.Conflict);
        Assert.Equal([ObjectFile.Of(host.Data, instance.Sha256)], Objects(host));
        Assert.Equal(3, await db.AssociationStudies.CountAsync(Cancel));
    }

    [Fact]
    public async Task Other_bytes_under_the_same_uid_are_kept_beside_the_first_and_flagged()
    {
        await using var host = await ListenerHost.StartAsync();
        var other = ImageFile.ToArray();
        other[^1] ^= 1;

        Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile)).Status);
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(other)).Status);
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(other)).Status);

        await using var db = host.Open();
        Assert.Equal([false, true], await db.Instances.OrderBy(i => i.Id).Select(i => i.Conflict).ToListAsync(Cancel));
        Assert.Equal(2, Objects(host).Length);
    }

    [Fact]
    public async Task One_uid_in_two_series_is_two_images_and_a_recorded_conflict()
    {
        await using var host = await ListenerHost.StartAsync();
        var other = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(ImageFile).Replace(GeneratedObject.Uid(1, 0), GeneratedObject.Uid(7, 0), StringComparison.Ordinal));

        Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile)).Status);
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(other)).Status);

        await using var db = host.Open();
        var instances = await db.Instances.OrderBy(i => i.Id).ToListAsync(Cancel);
        Assert.Equal([false, true], instances.Select(i => i.UidElsewhere));
        Assert.Equal(2, instances.Select(i => i.SeriesId).Distinct().Count());
        Assert.All(instances, i => Assert.False(i.Conflict));
    }

    [Fact]
    public async Task Pixels_cut_short_inside_the_data_set_are_stored_and_flagged()
    {
        await using var host = await ListenerHost.StartAsync();

        Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile[..^100])).Status);

        await using var db = host.Open();
        Assert.True((await db.Instances.SingleAsync(Cancel)).PixelDataShort);
    }

    [Fact]
    public async Task What_cannot_be_parsed_is_answered_C000_and_kept_in_quarantine()
    {
        await using var host = await ListenerHost.StartAsync();
        var broken = ImageFile.ToArray();
        broken[^(DataSetLength - 4)] = (byte)'?';    // the first element's value representation

        Assert.Equal(DimseStatus.CannotUnderstand, (await host.SendAsync(broken)).Status);

        await AssertQuarantinedAsync(host, "malformed", broken[^DataSetLength..]);
    }

    [Fact]
    public async Task A_data_set_without_usable_uids_is_answered_C000_and_kept_in_quarantine()
    {
        await using var host = await ListenerHost.StartAsync();
        var anonymous = ImageFile.ToArray();
        var study = anonymous.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(GeneratedObject.Uid(0, 0)));
        anonymous[study] = (byte)'x';

        Assert.Equal(DimseStatus.CannotUnderstand, (await host.SendAsync(anonymous)).Status);

        await AssertQuarantinedAsync(host, "no-usable-uids", anonymous[^DataSetLength..]);
    }

    [Fact]
    public async Task A_data_set_that_is_not_the_announced_instance_is_answered_A900_and_kept_in_quarantine()
    {
        await using var host = await ListenerHost.StartAsync();
        var renamed = ImageFile.ToArray();
        var announced = renamed.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(GeneratedObject.Uid(1, 1)));
        renamed[announced + GeneratedObject.Uid(1, 1).Length - 1] = (byte)'9';

        Assert.Equal(DimseStatus.DataSetDoesNotMatchSopClass, (await host.SendAsync(renamed)).Status);

        await AssertQuarantinedAsync(host, "sop-uids-differ", renamed[^DataSetLength..]);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_answered_A700_and_the_next_object_finds_it_well_again()
    {
        await using var host = await ListenerHost.StartAsync();
        Directory.Delete(host.Data.Spool);
        Assert.Equal(DimseStatus.OutOfResources, (await host.SendAsync(ImageFile)).Status);
        await AssertRefusedAsync(host, "not-stored");

        Directory.CreateDirectory(host.Data.Spool);
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile)).Status);
    }

    [Fact]
    public async Task A_database_that_fails_is_answered_A700_and_nothing_acknowledged_is_lost()
    {
        await using var host = await ListenerHost.StartAsync();
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(ImageFile)).Status);
        await ExecuteAsync(host, "ALTER TABLE instances RENAME TO away");

        Assert.Equal(DimseStatus.OutOfResources, (await host.SendAsync(Image(2))).Status);
        await AssertRefusedAsync(host, "not-stored");

        await ExecuteAsync(host, "ALTER TABLE away RENAME TO instances");
        await using var db = host.Open();
        var kept = await db.Instances.SingleAsync(Cancel);
        Assert.True(await host.Objects.ExistsAsync(kept.Sha256, Cancel));
        Assert.Equal(DimseStatus.Success, (await host.SendAsync(Image(2))).Status);
        Assert.Equal(2, await db.Instances.CountAsync(Cancel));
    }

    [Fact]
    public async Task Uids_with_leading_zeros_are_taken_as_they_are()
    {
        await using var host = await ListenerHost.StartAsync();
        var odd = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(ImageFile)
                .Replace("1.2.826.0.1.3680043.10.999.", "1.2.826.0.1.3680043.10.099.", StringComparison.Ordinal));

        Assert.Equal(DimseStatus.Success, (await host.SendAsync(odd)).Status);

        await using var db = host.Open();
        var instance = await db.Instances.SingleAsync(Cancel);
        Assert.Equal("1.2.826.0.1.3680043.10.099.1.1", instance.SopInstanceUid);
        Assert.Equal("1.2.826.0.1.3680043.10.099.0.0", (await db.Studies.SingleAsync(Cancel)).StudyInstanceUid);
        Assert.Contains(
            "[1.2.826.0.1.3680043.10.099.1.1]", Tool.Run("dcmdump", ObjectFile.Of(host.Data, instance.Sha256)).Succeeded().Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", true, DimseStatus.SopClassNotSupported)]
    [InlineData(GeneratedObject.MrImageStorage, false, DimseStatus.CannotUnderstand)]
    public async Task A_command_that_cannot_be_followed_leaves_a_refusal(string sopClass, bool hasDataSet, int status)
    {
        await using var host = await ListenerHost.StartAsync();
        using var peer = await RawPeer.AssociateAsync(host.Port);
        var command = new CommandSet
        {
            Field = CommandField.StoreRequest,
            MessageId = 1,
            AffectedSopClassUid = sopClass,
            AffectedSopInstanceUid = "2.25.1",
            HasDataSet = hasDataSet,
        };

        await peer.SendAsync(RawPeer.Data(1, command: true, last: true, command.ToBytes()));
        if (hasDataSet)
            await peer.SendAsync(
                RawPeer.Data(1, command: false, last: true, GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian)));

        Assert.Equal(status, (await peer.ReadResponseAsync()).Status);
        await AssertRefusedAsync(host, "command-unusable");
    }

    [Fact]
    public async Task A_connection_lost_within_an_object_stores_nothing_and_is_counted()
    {
        await using var host = await ListenerHost.StartAsync();
        using (var peer = await RawPeer.AssociateAsync(host.Port))
        {
            await peer.SendAsync(RawPeer.StoreCommand());
            await peer.SendAsync(
                RawPeer.Data(1, command: false, last: false, GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian)));
        }

        var association = await host.ClosedAsync();

        Assert.Equal(AssociationOutcome.Aborted, association.Outcome);
        Assert.Equal((1, 0, 1), (association.Announced, association.Stored, association.Failed));
        Assert.Empty(Directory.GetFiles(host.Data.Spool));
        Assert.Empty(Objects(host));
        await using var db = host.Open();
        Assert.False(await db.Studies.AnyAsync(Cancel));
    }

    [Fact]
    public async Task What_a_dead_listener_left_in_the_spool_is_swept_at_start()
    {
        using var folder = new TemporaryDirectory();
        var data = new DataDirectory(folder.Path).Create();
        await File.WriteAllTextAsync(Path.Combine(data.Spool, "left.dcm"), "half an object", Cancel);

        await using var host = await ListenerHost.StartAsync(data: folder);

        Assert.Empty(Directory.GetFiles(data.Spool));
    }

    private static byte[] Image(int instance, int size = 16) => GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, instance, size);

    private static async Task StorescuAsync(ListenerHost host, string folder)
    {
        string[] arguments = ["-aet", "SCANNER", "-aec", "GATEWAY", "+sd", "+sp", "*.dcm", "127.0.0.1", $"{host.Port}", folder];
        (await Tool.RunAsync("storescu", arguments)).Succeeded();
    }

    private static string[] Objects(ListenerHost host) => Directory.GetFiles(host.Data.Objects, "*", SearchOption.AllDirectories);

    private static async Task ExecuteAsync(ListenerHost host, string sql)
    {
        await using var db = host.Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }

    private static async Task AssertRefusedAsync(ListenerHost host, string code)
    {
        await using var db = host.Open();
        var refusal = await db.Refusals.SingleAsync(Cancel);
        Assert.Equal((code, "127.0.0.1", null), (refusal.Code, refusal.RemoteAddress, refusal.Quarantined));
    }

    private static async Task AssertQuarantinedAsync(ListenerHost host, string code, byte[] dataSet)
    {
        await using var db = host.Open();
        var refusal = await db.Refusals.SingleAsync(Cancel);
        Assert.Equal((code, "SCANNER", "127.0.0.1"), (refusal.Code, refusal.CallingAe, refusal.RemoteAddress));
        var kept = await File.ReadAllBytesAsync(Path.Combine(host.Data.Quarantine, refusal.Quarantined!), Cancel);
        Assert.Equal(dataSet, kept[^dataSet.Length..]);
        Assert.False(await db.Studies.AnyAsync(Cancel));
        Assert.Empty(Directory.GetFiles(host.Data.Spool));
        Assert.Empty(Objects(host));
    }
}
