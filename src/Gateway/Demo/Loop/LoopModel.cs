namespace Gateway.Cli;

/// <summary>A model that the demo's training made.</summary>
/// <param name="Direction">Such as <c>t2-ct</c>.</param>
/// <param name="Digest">Its file's.</param>
/// <param name="Name">Name and version, as derived series give them.</param>
/// <param name="Verdict">candidate | rejected.</param>
/// <param name="Reasons">Why the gates rejected it.</param>
/// <param name="Activated">Whether the demo made it the champion for a while.</param>
public sealed record LoopModel(string Direction, string Digest, string Name, string Verdict, IReadOnlyList<string> Reasons, bool Activated);
