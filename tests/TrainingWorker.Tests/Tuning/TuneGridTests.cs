using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Tuning;

namespace Gateway.TrainingWorker.Tests.Tuning;

public sealed class TuneGridTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Every_recipe_that_is_compared_updates_its_generators_equally_often()
    {
        var cells = Grid(updates: 700).Comparison();
        Assert.Equal(9, cells.Count);
        Assert.All(cells, cell => Assert.Equal(700, cell.Options.StepsPaired / 2 + cell.Options.StepsAdversarial));
        Assert.Equal(3, cells.Select(cell => cell.Options.Seed).Distinct().Count());
        Assert.Equal(9, cells.Select(cell => cell.Folder).Distinct().Count());
        Assert.Equal(0, cells[0].Options.StepsAdversarial);
        Assert.True(cells[3].Options is { StepsPaired: > 0, StepsAdversarial: > 0 });
        Assert.Equal(0, cells[6].Options.StepsPaired);
        Assert.All(cells, cell => Assert.Equal(cell.Options.StepsTotal, cell.Milestones[^1]));
    }

    [Fact]
    public void The_ablation_changes_one_thing_of_the_report_at_a_time()
    {
        var rows = Grid(updates: 10).Ablation().Where(cell => cell.Options.Seed == 1).ToDictionary(cell => cell.Name, cell => cell.Options);
        var reported = rows[TuneGrid.Reported];
        Assert.Equal(
            ("bce", "ssim", 4, "resnet18", 16), (reported.Adversarial, reported.CycleLoss, reported.GeneratorStepsPerDiscriminator,
                reported.Discriminator, reported.DiscriminatorWidth));
        Assert.All(
            rows.Where(row => row.Key is not (TuneGrid.Reported or TuneGrid.Mse or "rates 2e-4, 2e-4")),
            row => Assert.Single(reported.Differences(row.Value)));
        Assert.Equal(2, reported.Differences(rows[TuneGrid.Mse]).Count);
    }

    [Fact]
    public void No_head_is_among_the_unpaired_slices_of_both_modalities()
    {
        var data = TuneData.Load(new()
        {
            Paired = [PreparedFolders.Real(_folder.Combine("pairs"), heads: 20)], Out = "", Features = "", Size = 32,
        });
        var heads = data.All.Sides.Select(side => side.Train.Select(picture => picture.Name.Split('.')[0]).ToHashSet()).ToList();
        Assert.Equal([9, 9], heads.Select(names => names.Count));
        Assert.False(heads[0].Overlaps(heads[1]));
        Assert.All(data.All.Sides, side => Assert.All(side.Train, picture => Assert.Equal(32, picture.Size)));
        Assert.Equal([3, 3], data.Limited(3).Sides.Select(side => side.Train.Count));
        Assert.Equal(2, data.Tests.Count);
    }

    public void Dispose() => _folder.Dispose();

    private TuneGrid Grid(int updates)
    {
        using var features = FeatureNetwork.Read(FeatureLossTests.Squeezed(_folder));
        return new(new() { Paired = [], Out = "", Features = "", Updates = updates }, features);
    }
}
