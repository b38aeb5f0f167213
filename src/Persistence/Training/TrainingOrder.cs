namespace Gateway.Persistence;

/// <summary>What asks for a training job.</summary>
public sealed record TrainingOrder
{
    /// <summary>Recipe of an order that names none: the trainer takes the one it is set to.</summary>
    public const string DefaultRecipe = "default";

    /// <summary>The first direction of the pair, such as <c>t2-ct</c>.</summary>
    public required string Pair { get; init; }

    public required TrainingTrigger Trigger { get; init; }

    /// <summary>A person's name, or the part of the gateway.</summary>
    public required string By { get; init; }

    public string RecipeName { get; init; } = DefaultRecipe;

    /// <summary>Options of the recipe as JSON; what is absent is as the trainer's version has it.</summary>
    public string Recipe { get; init; } = "{}";

    /// <summary>Of a trigger that is no person's: the pair's last job when the trigger was seen, null before the first. Of all replicas
    /// that saw the same one, however late, the first makes a job.</summary>
    public Guid? After { get; init; }
}
