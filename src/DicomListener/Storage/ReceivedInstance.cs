using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>An object that lies durable in the store and waits for its row.</summary>
internal sealed record ReceivedInstance
{
    public required Guid AssociationId { get; init; }
    public required ScannedHeader Header { get; init; }
    public required string TransferSyntaxUid { get; init; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How many images its study has, where its sender is believed; null otherwise.</summary>
    public int? ExpectedInStudy { get; init; }

    public string StudyUid => Header.StudyInstanceUid!.Value.Value;

    public string SeriesUid => Header.SeriesInstanceUid!.Value.Value;

    public string SopInstanceUid => Header.SopInstanceUid!.Value.Value;
}
