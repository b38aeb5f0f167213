namespace Gateway.Persistence;

/// <summary>Where a series came from.</summary>
public enum SeriesOrigin
{
    Received,
    Derived,
}
