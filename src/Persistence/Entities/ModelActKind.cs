namespace Gateway.Persistence;

/// <summary>What was done to a model.</summary>
public enum ModelActKind
{
    /// <summary>Came from outside: from the models that ship, or by a person.</summary>
    Imported,

    /// <summary>Came from a training job and passed the gates.</summary>
    Trained,

    /// <summary>Began, or ceased, to translate beside the champion.</summary>
    ShadowBegun,
    ShadowEnded,

    Activated,

    /// <summary>Activated anew in the place of the one after it.</summary>
    RolledBack,

    /// <summary>Another became the champion.</summary>
    Retired,

    Rejected,

    /// <summary>What it made is to be made anew by the champion.</summary>
    Replayed,
}
