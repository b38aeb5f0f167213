using Gateway.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>What is missing, damaged or nobody's is told; what is whole is not.</summary>
public sealed class ObjectAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Rows_and_objects_are_compared_both_ways_and_bytes_with_their_digest(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        IObjectStore store = new FolderObjectStore(database.Data);
        var (whole, damaged, missing) = (
            await store.PutAsync([1], Cancel), await store.PutAsync([2], Cancel), await store.PutAsync([3], Cancel));
        await store.PutAsync([4], Cancel);    // nobody's
        await using (var db = database.Open())
        {
            var study = Rows.Study("2.25.1");
            db.Studies.Add(study);
            foreach (var (uid, content) in new[] { ("2.25.2", whole), ("2.25.3", damaged), ("2.25.4", missing) })
                db.Instances.Add(Rows.Instance(study.Series[0].Id, uid, content));
            await db.SaveChangesAsync(Cancel);
        }
        var audit = new ObjectAudit(database.Contexts, store, database.Data);
        var before = await audit.RunAsync(null, Cancel);
        Assert.True(before.IsClean);
        Assert.Equal((3, 1), (before.Named, before.Orphans));

        await File.WriteAllBytesAsync(ObjectFile.Of(database.Data, damaged), [9], Cancel);
        File.Delete(ObjectFile.Of(database.Data, missing));
        var after = await audit.RunAsync(null, Cancel);

        Assert.False(after.IsClean);
        Assert.Equal([damaged], after.Damaged);
        Assert.Equal([missing], after.Missing);
    }
}
