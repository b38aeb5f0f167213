using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>
/// Deletes the objects that no row names: their writer died before its commit, came too late with it, or the row is gone. Objects are
/// shared by content, so a writer may at any moment come to rely on one that is there. It makes the object young first, and names it in a
/// row soon after; an object is therefore taken out of the way, and deleted only if it is still old then.
/// </summary>
public sealed class OrphanSweep(IDbContextFactory<GatewayDbContext> databases, DataDirectory data, TimeProvider time)
{
    private const string HexDigits = "0123456789abcdef";

    /// <summary>Looks at every object once. Only one sweep of a data folder runs at a time; another does nothing.</summary>
    /// <param name="age">Younger ones are left alone: a day, or whatever is far longer than a writer takes from storing to naming.</param>
    /// <param name="cancel">Ends it between two objects.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> SweepAsync(TimeSpan age, CancellationToken cancel)
    {
        await using var alone = FileLock.TryTake(Path.Combine(data.Create().Root, "sweep.lock"));
        if (alone is null)
            return 0;
        foreach (var left in Directory.EnumerateFiles(data.Trash))    // by a sweep that was killed
            PutBack(left);

        var (deleted, before) = (0, time.GetUtcNow().UtcDateTime - age);
        foreach (var first in HexDigits)
        {
            var named = await NamedObjects.NamedAsync(databases, first, cancel);
            foreach (var file in HexDigits.Select(second => Path.Combine(data.Objects, $"{first}{second}")).Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles))
            {
                cancel.ThrowIfCancellationRequested();
                var name = Path.GetFileName(file);
                if (ObjectDigest.Is(name) && !named.Contains(name) && File.GetLastWriteTimeUtc(file) < before && TryDelete(file, before))
                    deleted++;
            }
        }

        return deleted;
    }

    /// <summary>Deletes these objects at once, whatever their age, but those that a row names. Who is storing the same bytes at that very
    /// moment, from images of another patient, may lose them; that is the price of an erasure that does not wait.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(IReadOnlyCollection<string> sha256, CancellationToken cancel)
    {
        await using var alone = await FileLock.WaitAsync(Path.Combine(data.Create().Root, "sweep.lock"), cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var deleted = 0;
        foreach (var name in sha256.Distinct().Select(ObjectDigest.Checked))
        {
            if (!await NamedObjects.HoldAsync(db, name, cancel)
                && TryDelete(Path.Combine(data.Objects, name[..2], name), DateTime.MaxValue))
                deleted++;
        }
        return deleted;
    }

    private bool TryDelete(string file, DateTime before)
    {
        var taken = Path.Combine(data.Trash, Path.GetFileName(file));
        try
        {
            File.Move(file, taken, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        // Nobody can find it any more: whether somebody came to rely on it is decided now.
        if (File.GetLastWriteTimeUtc(taken) >= before)
        {
            PutBack(taken);
            return false;
        }

        File.Delete(taken);
        return true;
    }

    /// <summary>Unless somebody has stored the same bytes meanwhile: those are young.</summary>
    private void PutBack(string taken)
    {
        var folder = Path.Combine(data.Objects, Path.GetFileName(taken)[..2]);
        try
        {
            File.Move(taken, Path.Combine(folder, Path.GetFileName(taken)), overwrite: false);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, Path.GetFileName(taken))))
        {
            File.Delete(taken);
        }

        DirectoryFlush.Flush(folder);
    }
}
