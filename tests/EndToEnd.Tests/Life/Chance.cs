namespace Gateway.EndToEnd.Tests.Life;

/// <summary>What goes wrong, and in which order things happen: one seed, one course of events. Calm, nothing goes wrong.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public int Seed => seed;
    public bool IsCalm { get; set; }

    public int Next(int count) => _random.Next(count);

    /// <summary>True in so many of a hundred cases, unless all is calm.</summary>
    public bool Of100(int times) => _random.Next(100) < times && !IsCalm;
}
