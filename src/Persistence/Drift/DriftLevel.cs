namespace Gateway.Persistence;

/// <summary>What a profile's drift asks for.</summary>
public enum DriftLevel
{
    /// <summary>Nothing.</summary>
    Usual,

    /// <summary>Look.</summary>
    Watch,

    /// <summary>Retraining is suggested.</summary>
    Suggest,
}
