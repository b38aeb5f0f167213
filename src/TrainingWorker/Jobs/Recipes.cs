using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>What a job is trained by.</summary>
public static class Recipes
{
    /// <summary>Name of the shipped recipe of jobs.</summary>
    public const string FineTuneName = "fine-tune";

    /// <summary>Goes on from the champions: low rates, because they are good already, and the phantom anchor, because the archive has no
    /// truth.</summary>
    public static TrainingOptions FineTune { get; } = RecipeFile.Shipped(FineTuneName);

    /// <summary>The recipe that an order means which names none.</summary>
    /// <exception cref="JobRefusedException">The file of <c>Training:Recipe</c> cannot be read.</exception>
    public static (string Name, TrainingOptions Options) Default(TrainerOptions options)
    {
        if (options.Recipe is not { } told)
            return (FineTuneName, FineTune);
        try
        {
            var (name, text) = RecipeFile.Find(told);
            return (name, Parse(text));
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw Unusable($"Training:Recipe: {error.Message}");
        }
    }

    /// <summary>The recipe that a job was ordered with.</summary>
    /// <exception cref="JobRefusedException">It cannot be read, or is of another pair.</exception>
    public static (string Name, TrainingOptions Options) Of(TrainingJob job, TrainerOptions options)
    {
        var found = job.RecipeName == TrainingOrder.DefaultRecipe ? Default(options) : (job.RecipeName, Parse(job.Recipe));
        if (found.Item2.Perceptual is not null)
            throw Unusable("The recipe compares features of a network whose weights no job has; gateway train --features does.");
        return found.Item2.Direction == job.Pair
            ? found : throw Unusable($"The recipe is of {found.Item2.Direction}, the job of {job.Pair}.");
    }

    /// <param name="json">Training options; what is absent has its default.</param>
    /// <exception cref="JobRefusedException">It cannot be read.</exception>
    public static TrainingOptions Parse(string json)
    {
        try
        {
            return RecipeFile.Parse(json, "of the job");
        }
        catch (InvalidDataException error)
        {
            throw Unusable(error.Message);
        }
    }

    /// <summary>A refusal for the recipe's sake.</summary>
    public static JobRefusedException Unusable(string text) => new(ReasonCode.RecipeUnusable.Because(text));
}
