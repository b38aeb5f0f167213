namespace Gateway.DicomListener;

/// <summary>Whose word counts on what of a caller goes before others (PS3.7 §9.1.1).</summary>
public enum CallerUrgency
{
    /// <summary>Its own: the priority of its C-STORE (PS3.7 §9.1.1), or what the images say.</summary>
    AsSent,

    /// <summary>All that it sends is urgent, whatever its priority (PS3.7 §9.1.1).</summary>
    Always,

    /// <summary>Nothing is; for one that gives everything a high priority (PS3.7 §9.1.1).</summary>
    Never,
}
