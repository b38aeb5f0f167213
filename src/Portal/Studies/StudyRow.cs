using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>One study of the list: no patient data, and of its series only the modalities.</summary>
/// <param name="Images">Stored images of received series: of a complete study those of its revision.</param>
/// <param name="Received">Modality of each received series; empty for a series that has none.</param>
/// <param name="Derived">Modality of each synthetic series.</param>
public sealed record StudyRow(Study Study, int Images, IReadOnlyList<string> Received, IReadOnlyList<string> Derived);
