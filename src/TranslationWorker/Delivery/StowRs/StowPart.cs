namespace Gateway.TranslationWorker;

/// <summary>A file that goes into a request.</summary>
/// <param name="Length">Of the file, in bytes.</param>
internal sealed record StowPart(OutgoingInstance Instance, long Length);
