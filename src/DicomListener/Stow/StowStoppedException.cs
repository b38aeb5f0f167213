namespace Gateway.DicomListener;

/// <summary>The gateway stops in the middle of a store request.</summary>
internal sealed class StowStoppedException() : Exception("The gateway stops.");
