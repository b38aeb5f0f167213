namespace Gateway.Imaging.Modalities;

/// <summary>The modality that a translation reads and the one it makes. Decided once, by the profile that finds
/// a series eligible, then stored
/// and passed on by name.</summary>
public sealed record Direction(Modality From, Modality To)
{
    /// <summary><c>t2-ct</c>: the name in the database, in messages, model files and JSON.</summary>
    public string Name => $"{From.Code}-{To.Code}";

    /// <summary>The opposite direction.</summary>
    public Direction Reverse => new(To, From);

    /// <exception cref="FormatException">The name is not two modalities with a hyphen between them.</exception>
    public static Direction Parse(string name) => name.Split('-') is [var from, var to]
        ? new(Modality.Parse(from), Modality.Parse(to))
        : throw new FormatException("A direction is two modalities with a hyphen between them, such as t2-ct.");

    public override string ToString() => Name;
}
