namespace Gateway.TrainingWorker.Tests;

public class TorchNativeTests
{
    [Fact]
    public void The_native_library_loads_as_shipped_or_with_one_version_need_made_weak()
        => Assert.Contains(TorchNative.Load(), (string[])["as shipped", "patched (1)", "left to TorchSharp"]);

    [Fact]
    public void Making_the_need_weak_changes_one_byte_in_memory_and_none_on_disk()
    {
        var path = Directory.GetFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories)[0];
        var shipped = File.ReadAllBytes(path);
        var patched = File.ReadAllBytes(path);

        Assert.Equal(1, TorchNative.MakeWeak(patched, "libstdc++.so.6", "GLIBCXX_3.4.32"));

        var changed = Enumerable.Range(0, shipped.Length).Where(i => shipped[i] != patched[i]).ToArray();
        Assert.Equal(2, patched[Assert.Single(changed)]);
        Assert.Equal(shipped, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_need_of_another_file_is_left_alone()
    {
        var path = Directory.GetFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories)[0];
        Assert.Equal(0, TorchNative.MakeWeak(File.ReadAllBytes(path), "libc.so.6", "GLIBCXX_3.4.32"));
    }
}
