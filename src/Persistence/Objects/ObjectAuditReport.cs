namespace Gateway.Persistence;

/// <summary>What <see cref="ObjectAudit"/> found.</summary>
public sealed class ObjectAuditReport
{
    /// <summary>Objects that rows name; each was read.</summary>
    public int Named { get; set; }

    /// <summary>Digests that a row names and that are not there.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Objects whose bytes are not those of their name.</summary>
    public List<string> Damaged { get; } = [];

    /// <summary>Objects that no row names: left by a writer that died, until <see cref="OrphanSweep"/> finds them old enough.</summary>
    public int Orphans { get; set; }

    /// <summary>Everything that rows name is there and whole.</summary>
    public bool IsClean => Missing.Count == 0 && Damaged.Count == 0;
}
