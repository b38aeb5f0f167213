namespace Gateway.TranslationWorker;

/// <summary>One stored image of the series to translate.</summary>
/// <param name="Path">Part 10 file.</param>
/// <param name="ContentSha256">SHA-256 (lower-case hex) of its data set.</param>
public sealed record SourceInstance(string SopInstanceUid, string Path, string ContentSha256);
