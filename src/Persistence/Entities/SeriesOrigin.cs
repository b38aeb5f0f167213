namespace Gateway.Persistence;

/// <summary>Where a series came from.</summary>
public enum SeriesOrigin
{
    Received,
    Derived,

    /// <summary>Made here to tell archives that they put a derived series aside (IHE IOCM).</summary>
    Rejection,
}
