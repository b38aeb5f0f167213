namespace Gateway.DicomNetwork;

/// <summary>The answer to an <see cref="ExistenceQuery"/> (PS3.4 §C.4.1.1.4).</summary>
/// <param name="Status">Of the last C-FIND-RSP: one of <see cref="DimseStatus"/>; but for Success nothing is known.</param>
/// <param name="IsFound">Whether a match has the very UID that was asked for.</param>
/// <param name="Error">The peer's words, or ours; null with Success.</param>
public sealed record ExistenceOutcome(ushort Status, bool IsFound, string? Error);
