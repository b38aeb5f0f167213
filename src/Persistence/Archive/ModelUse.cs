namespace Gateway.Persistence;

/// <summary>What a patient's samples were to a model.</summary>
public enum ModelUse
{
    /// <summary>It was trained on them.</summary>
    Learned,

    /// <summary>It was trained on from a model that was.</summary>
    Inherited,

    /// <summary>It was validated or tested by them, and learned nothing from them.</summary>
    Judged,
}
