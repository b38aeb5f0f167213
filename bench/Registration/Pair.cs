namespace Gateway.RegistrationBench;

/// <summary>A picture to be laid onto another. All are 256 x 256, 1 mm.</summary>
internal sealed record Pair
{
    public required string Name { get; init; }

    /// <summary>[0, 1], 0 outside the head.</summary>
    public required Image Fixed { get; init; }

    /// <summary>The fixed head.</summary>
    public required Mask Mask { get; init; }

    /// <summary>The moving head; its normalised picture is what every program gets.</summary>
    public required HeadSlice Moving { get; init; }

    /// <summary>Null for two different heads.</summary>
    public RandomWarp? Truth { get; init; }

    /// <summary>Shortest name of the group a pair is counted in.</summary>
    public string Group => Name[..Name.IndexOf(' ', StringComparison.Ordinal)];
}
