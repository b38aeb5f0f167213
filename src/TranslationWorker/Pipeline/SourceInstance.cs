namespace Gateway.TranslationWorker;

/// <summary>One stored image of the series to translate.</summary>
/// <param name="Path">Part 10 file.</param>
/// <param name="Sha256">SHA-256 (lower-case hex) of what it holds.</param>
public sealed record SourceInstance(string SopInstanceUid, string Path, string Sha256);
