namespace Gateway.Workshop.Pathology;

/// <summary>How a finding is laid over the tissues.</summary>
internal sealed record Stroke
{
    /// <summary>HU and T2; null for values drawn from the kind's ranges.</summary>
    public (float Hounsfield, float T2)? Look { get; init; }

    /// <summary>Largest share.</summary>
    public float Strength { get; init; } = 1;

    /// <summary>Standard deviation of the edge, mm; null for the usual one.</summary>
    public float? Blur { get; init; }
}
