using Gateway.DicomNetwork;
using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>An object that is durable in the store, and whose row is not written yet.</summary>
internal sealed record ReceivedInstance
{
    public required Guid AssociationId { get; init; }
    public required ScannedHeader Header { get; init; }
    public required string TransferSyntaxUid { get; init; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How many images the study has, if the sender says so and is trusted; otherwise null.</summary>
    public int? ExpectedInStudy { get; init; }

    /// <summary>Why it is urgent; null: it is not.</summary>
    public string? UrgentBy { get; init; }

    public string StudyUid => Header.StudyInstanceUid!.Value.Value;

    public string SeriesUid => Header.SeriesInstanceUid!.Value.Value;

    public string SopInstanceUid => Header.SopInstanceUid!.Value.Value;

    /// <summary>Whom it names.</summary>
    public PatientIdentity Patient => field ??= new(
        Text(HeaderTag.PatientId), Text(HeaderTag.IssuerOfPatientId), Text(HeaderTag.PatientName),
        Text(HeaderTag.PatientBirthDate), Text(HeaderTag.PatientSex));

    private string Text(HeaderTag tag) => Header.GetText(tag) ?? "";
}
