using Gateway.Testing;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence.Tests;

/// <summary>The key of the pseudonyms and what follows from it.</summary>
public sealed class SubjectKeyTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Processes_that_share_a_folder_make_one_key_that_is_for_us_alone_and_give_the_same_pseudonyms()
    {
        var all = Enumerable.Range(0, 8).AsParallel().Select(_ => Key().Of("H", "P1")).ToList();

        Assert.Single(all.Distinct());
        var file = Path.Combine(_folder.Path, SubjectKey.DefaultName);
        Assert.False(PrivateFiles.IsOpen(file));
        Assert.Equal(32, new FileInfo(file).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "spool")));
    }

    [Fact]
    public void A_pseudonym_depends_on_issuer_ID_and_key_and_says_none_of_them()
    {
        var key = Key();
        var (one, otherIssuer, otherId) = (key.Of("H", "P1"), key.Of("I", "P1"), key.Of("H", "P2"));

        Assert.Equal(64, one.Subject.Length);
        Assert.NotEqual(one.Subject, otherIssuer.Subject);
        Assert.NotEqual(one.Subject, otherId.Subject);
        Assert.NotEqual(key.Of("A B", "C").Subject, key.Of("A", "B C").Subject);
        Assert.Equal(one, key.Of(" H ", "P1 "));
        Assert.NotEqual(one.Subject, Key(File("other", 40)).Of("H", "P1").Subject);
        Assert.NotEqual(one.KeyId, Key(File("other", 40)).Id);
    }

    [Fact]
    public void The_split_follows_from_the_ID_whatever_the_issuer_and_is_80_10_10()
    {
        var key = Key(File("fixed", 40));
        var splits = Enumerable.Range(0, 4000).Select(i => key.Of("H", $"P{i}").Split).ToList();

        Assert.Equal(splits, Enumerable.Range(0, 4000).Select(i => key.Of("", $"P{i}").Split));
        Assert.InRange(splits.Count(s => s == ArchiveSplit.Train), 3100, 3300);
        Assert.InRange(splits.Count(s => s == ArchiveSplit.Validation), 330, 470);
        Assert.InRange(splits.Count(s => s == ArchiveSplit.Test), 330, 470);
    }

    [Fact]
    public void A_key_that_is_too_short_is_none() => Assert.Throws<IOException>(() => Key(File("short", 31)).Id);

    public void Dispose() => _folder.Dispose();

    private SubjectKey Key(string? path = null) =>
        new(Options.Create(new ArchiveOptions { PseudonymKey = path }), new DataDirectory(_folder.Path));

    private string File(string name, int length)
    {
        var path = _folder.Combine(name);
        System.IO.File.WriteAllBytes(path, [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))]);
        return path;
    }
}
