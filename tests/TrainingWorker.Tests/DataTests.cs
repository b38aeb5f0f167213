using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using Gateway.Workshop.TrainingSets;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class DataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-data-").FullName;

    [Fact]
    public void Test_slices_and_the_last_tenth_of_the_phantoms_are_kept_out_of_training()
    {
        foreach (var name in (string[])["t2/a", "t2/b", "ct/c", "ct/d", "ct/e", "ct/f"])
            Write(name + ".png");
        for (var i = 0; i < 20; i++)
        {
            Write($"paired/{i:D4}.t2.png");
            Write($"paired/{i:D4}.ct.png");
        }
        new TrainingManifest
        {
            HuLow = -20, HuHigh = 100, LeftOut = [],
            Pictures = [
                Picture("t2/a", "train", 0.9), Picture("t2/b", "test", 0.1), Picture("ct/c", "train", 0.9), Picture("ct/d", "test", 0.9),
                Picture("ct/e", "train", 0.4), Picture("ct/f", "train", 0.3)],
        }.Save(_folder);

        var data = PreparedFolder.Load(_folder, [_folder], [ShippedModalities.T2, ShippedModalities.Ct], leastNccInside: 0.4);

        var (mr, ct) = (data[TinyHeads.T2], data[TinyHeads.Ct]);
        Assert.Equal(("a", "b", "c e", "d"), (Names(mr.Train), Names(mr.Test), Names(ct.Train), Names(ct.Test)));
        Assert.Equal(
            (18, "0018.t2", "0019.ct"),
            (data.PairsTrain.Count, data.PairsTest[0][TinyHeads.T2].Name, data.PairsTest[1][TinyHeads.Ct].Name));
        Assert.Equal(7 / 127.5f - 1, Values(mr.Train[0])[3]);
    }

    [Fact]
    public void Both_halves_of_a_pair_move_alike_and_only_the_source_changes_its_looks()
    {
        using var scope = NewDisposeScope();
        var t2 = TinyHeads.Pair(1)[TinyHeads.T2];
        using var chance = new StepRandom(5, 5, 5);
        var batch = Batches.Pairs(
            TinyHeads.With(TinyHeads.PairOf(t2, t2)), new(), ShippedModalities.T2.Direction, wide: false,
            new(2, TinyHeads.Size, TinyHeads.Size), chance);
        var (source, target) = (batch.Source, batch.Target);
        // The same picture on both sides: what differs are the looks, and where one is air so is the other.
        Assert.True((source - target).abs().mean().item<float>() > 0.01);
        var (a, b) = (Head(source), Head(target));
        Assert.True((a * b).sum().Times(2).Over(a.sum().Plus(b.sum()).item<float>()).item<float>() > 0.93);
        Assert.True((target[0] - target[1]).abs().mean().item<float>() > 0.01);
    }

    [Fact]
    public void The_same_seed_and_step_draw_the_same_batch()
    {
        using var scope = NewDisposeScope();
        Assert.True(Draw(3).Equals(Draw(3)));
        Assert.False(Draw(3).Equals(Draw(4)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TrainingPicture Picture(string name, string split, double inside) => new()
    {
        File = name + ".png", Source = "", Subject = "", Licence = "A", Split = split, Slice = 0, OffsetMm = null,
        Modality = name.StartsWith("t2", StringComparison.Ordinal) ? TinyHeads.T2 : TinyHeads.Ct, Ncc = 1, NccInside = inside, Dice = 1,
    };

    private static Tensor Head(Tensor images) => images.Below(-0.6).logical_not().flatten().to_type(ScalarType.Float32);

    private static Tensor Draw(int step)
    {
        using var chance = new StepRandom(1, step, 0);
        return Batches.Real([TinyHeads.Pair(0)[TinyHeads.T2]], new(1, 64, 32), chance);
    }

    private static float[] Values(PreparedPicture picture)
    {
        var values = new float[picture.Size * picture.Size];
        picture.CopyTo(values);
        return values;
    }

    private static string Names(IReadOnlyList<PreparedPicture> pictures) => string.Join(' ', pictures.Select(p => p.Name));

    private void Write(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PngFile.WriteGrey(path, new Image(4, 4, [.. Enumerable.Repeat(7f, 16)]));
    }
}
