namespace Gateway.Persistence;

/// <summary>Where a series came from.</summary>
public enum SeriesOrigin
{
    Received,
    Derived,

    /// <summary>Made here to tell archives that they put a derived series aside (IHE IOCM).</summary>
    Rejection,

    /// <summary>Made here: a structured report on a derived series, of which it shares the fate (<see cref="SeriesMove"/>).</summary>
    Report,
}
