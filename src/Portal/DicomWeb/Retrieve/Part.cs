namespace Gateway.Portal.DicomWeb;

/// <summary>A part of an answer that is ready to be written.</summary>
/// <param name="ContentType">With its parameters.</param>
/// <param name="Location">Where the part itself is; null: nowhere.</param>
/// <param name="WriteAsync">Writes its bytes.</param>
internal sealed record Part(string ContentType, string? Location, Func<Stream, CancellationToken, Task> WriteAsync);
