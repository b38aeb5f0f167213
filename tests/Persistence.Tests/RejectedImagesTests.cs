using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>Received images that a received note rejects.</summary>
public sealed class RejectedImagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_a_note_names_is_flagged_for_good_and_its_series_is_judged_anew(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("2.25.7", state: SeriesState.Delivered);
        study.State = StudyState.Received;
        foreach (var uid in new[] { "1", "2" })
            study.Series[0].Instances.Add(new()
            {
                Id = Rows.NewId(), SeriesId = study.Series[0].Id, SopInstanceUid = uid, SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
                TransferSyntaxUid = "1.2.840.10008.1.2.1", Sha256 = uid, Bytes = 1, ReceivedAt = Rows.Noon,
            });
        await using var db = database.Open();
        db.Studies.Add(study);
        db.ArchiveSamples.Add(Rows.Sample(study.Series[0].Id, new('a', 64), "subject"));
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(1, await db.RejectImagesAsync(study.Id, ["2", "3"], "113001", Cancel));
        Assert.Equal(0, await db.RejectImagesAsync(study.Id, ["2", "3"], "113037", Cancel));
        await db.FlagImagesAsync(study.Id, Cancel);

        await using var after = database.Open();
        Assert.Equal(
            [("1", false, null), ("2", true, "113001")],
            (await after.Instances.OrderBy(i => i.SopInstanceUid).ToListAsync(Cancel))
                .Select(i => (i.SopInstanceUid, i.Conflict, i.RejectedAs)));
        Assert.Equal(SeriesState.Receiving, (await after.Series.SingleAsync(Cancel)).State);
        Assert.Equal(StudyState.Receiving, (await after.Studies.SingleAsync(Cancel)).State);
        Assert.Empty(await after.ArchiveSamples.ToListAsync(Cancel));
    }
}
