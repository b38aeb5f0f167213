using Gateway.Persistence;

namespace Gateway.Portal;

internal sealed record DeliveryJson(
    Guid Id, string SopInstanceUid, string Destination, string State, int? DicomStatus, int Attempts, string? Error,
    DateTimeOffset WaitingSince, DateTimeOffset? TriedAt, DateTimeOffset? SentAt, DateTimeOffset? CommittedAt, int? CommitmentFailure)
{
    public static DeliveryJson Of(Delivery delivery) => new(
        delivery.Id, delivery.Instance.SopInstanceUid, delivery.Destination, delivery.State.Word(), delivery.DicomStatus, delivery.Attempts,
        delivery.Error, delivery.WaitingSince, delivery.TriedAt, delivery.SentAt, delivery.CommittedAt, delivery.CommitmentFailure);
}
