namespace Gateway.Persistence;

/// <summary>What asked for a training job.</summary>
public enum TrainingTrigger
{
    /// <summary>A person: page, API or command.</summary>
    Person,

    /// <summary><c>Training:Every</c>.</summary>
    Schedule,

    /// <summary><c>Training:NewSubjects</c>.</summary>
    NewSubjects,
}
