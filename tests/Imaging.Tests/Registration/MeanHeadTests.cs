using Gateway.Imaging.Files;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;
using Gateway.Testing;

namespace Gateway.Imaging.Tests.Registration;

public sealed class MeanHeadTests
{
    private static readonly VoxelVolume Box = new(
        6, 8, 4, new(new(4, 0, 0), new(0, 4, 0), new(0, 0, 4), new(-10, -14, -6)),
        [.. Enumerable.Range(0, 6 * 8 * 4).Select(i => i * 7 % 256 / 255f)]);

    [Fact]
    public void A_mean_head_is_the_same_after_it_was_kept()
    {
        using var folder = new TemporaryDirectory();
        var head = new MeanHead(Box);

        head.Save(folder.Path);

        var loaded = MeanHead.Load(folder.Path)!;
        Assert.Equal(head.Digest, loaded.Digest);
        Assert.Equal(Box.Voxels, loaded.Fine.Values);
        Assert.Equal(0.25f * Box[1, 2, 1] + 0.75f * Box[2, 2, 1], loaded.Fine.Sample(1.75f, 2, 1).Value, 1e-6f);
    }

    [Fact]
    public void A_folder_without_one_has_none_and_what_is_no_mean_head_is_not_taken_for_one()
    {
        using var folder = new TemporaryDirectory();
        Assert.Null(MeanHead.Load(folder.Path));

        var leaning = new VoxelVolume(6, 8, 4, new(new(4, 0, 0), new(0, 4, 0), new(0, 1, 4), default), Box.Voxels);
        NiftiFile.Write(Path.Combine(folder.Path, MeanHead.FileName), leaning);
        Assert.Throws<InvalidDataException>(() => MeanHead.Load(folder.Path));

        File.WriteAllText(Path.Combine(folder.Path, MeanHead.FileName), "no volume");
        Assert.Throws<InvalidDataException>(() => MeanHead.Load(folder.Path));
    }
}
