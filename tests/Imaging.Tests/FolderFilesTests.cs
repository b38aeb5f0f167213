using Gateway.Imaging.Files;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

/// <summary>Folders as users have them.</summary>
public sealed class FolderFilesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_no_file_is_left_out_and_opening_it_waits_for_nobody()
    {
        var file = Write("b.dcm");
        File.CreateSymbolicLink(_folder.Combine("a.dcm"), file);
        File.CreateSymbolicLink(_folder.Combine("dead.dcm"), _folder.Combine("nowhere"));
        File.CreateSymbolicLink(_folder.Combine("round.dcm"), _folder.Combine("round.dcm"));
        Tool.Run("mkfifo", _folder.Combine("pipe.dcm")).Succeeded();
        File.CreateSymbolicLink(_folder.Combine("to-pipe.dcm"), _folder.Combine("pipe.dcm"));
        File.CreateSymbolicLink(_folder.Combine("device.dcm"), "/dev/zero");
        File.WriteAllBytes(_folder.Combine("empty.dcm"), []);
        Directory.CreateDirectory(_folder.Combine("folder.dcm"));

        Assert.Equal(
            [_folder.Combine("a.dcm"), file], FolderFiles.List(_folder.Path, path => path.EndsWith(".dcm", StringComparison.Ordinal)));
    }

    [Fact]
    public void Folders_below_are_looked_at_once_whatever_leads_to_them()
    {
        Directory.CreateDirectory(_folder.Combine("x", "y"));
        var (first, second) = (Write("x", "1"), Write("x", "y", "2"));
        File.CreateSymbolicLink(_folder.Combine("x", "y", "up"), _folder.Combine("x"));
        File.CreateSymbolicLink(_folder.Combine("x", "y", "here"), ".");
        File.CreateSymbolicLink(_folder.Combine("x", "z"), _folder.Combine("x", "y"));

        Assert.Equal([first, second], FolderFiles.List(_folder.Combine("x"), _ => true, below: true));
        Assert.Equal([first], FolderFiles.List(_folder.Combine("x"), _ => true));
    }

    [Fact]
    public void A_link_to_a_folder_is_one() =>
        Assert.Empty(
            FolderFiles.List(
                File.CreateSymbolicLink(_folder.Combine("link"), Directory.CreateDirectory(_folder.Combine("real")).FullName).FullName,
                _ => true));

    [Fact]
    public void No_folder_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => FolderFiles.List(_folder.Combine("none"), _ => true));

    private string Write(params string[] path)
    {
        File.WriteAllBytes(_folder.Combine(path), [1]);
        return _folder.Combine(path);
    }
}
