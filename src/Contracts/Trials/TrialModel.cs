namespace Gateway.Contracts.Trials;

/// <summary>A model file as a report names it.</summary>
/// <param name="Digest">SHA-256 of the file.</param>
/// <param name="Name">As its metadata give it; empty where they cannot be read.</param>
/// <param name="Version">The same.</param>
public sealed record TrialModel(string Digest, string Name, string Version);
