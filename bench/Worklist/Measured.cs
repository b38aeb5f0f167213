using Gateway.Persistence;

namespace Gateway.Worklist;

/// <summary>One database with so many studies.</summary>
internal sealed record Measured(DatabaseProvider Provider, int Studies, IReadOnlyList<Asked> Lists);
