using Gateway.TrainingWorker.Jobs;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tests;

public sealed class RecipeFileTests
{
    [Fact]
    public void The_recipe_of_the_first_models_is_what_an_option_is_by_default()
        => Assert.Empty(new TrainingOptions().Differences(RecipeFile.Shipped("phantom-anchored")));

    [Fact]
    public void Every_shipped_recipe_can_be_read_and_that_of_jobs_goes_on_from_the_champions()
    {
        Assert.Equal(["cycle", "fine-tune", "gateway", "paper", "phantom-anchored"], RecipeFile.Names);
        Assert.All(RecipeFile.Names, name => Assert.True(RecipeFile.Shipped(name).StepsTotal > 0));
        Assert.True(Recipes.FineTune.FromChampion);
        Assert.Equal(0, RecipeFile.Shipped("gateway").StepsAdversarial);
        Assert.Equal((0, 0.0), (RecipeFile.Shipped("cycle").StepsPaired, RecipeFile.Shipped("cycle").AdversarialWeight));
    }

    [Fact]
    public void A_name_that_there_is_not_and_an_option_that_is_misspelt_are_refused()
    {
        var none = Assert.Throws<InvalidDataException>(() => RecipeFile.Find("papre"));
        Assert.Contains("there are cycle, fine-tune, gateway, paper, phantom-anchored", none.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => RecipeFile.Parse("""{"CropSise":64}""", "mine"));
    }
}
