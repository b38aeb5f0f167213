using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Decides who may associate (docs/architecture.md, "The flow", 1): by title, address and TLS subject, by the number of open
/// associations, and by free disk space.</summary>
internal sealed class FrontDoor(
    IOptions<DicomListenerOptions> options, DiskSpace disk, RefusalLog refusals, AssociationLedger ledger, ObjectIntake intake,
    CommitmentLedger commitments, CommitmentLook look, DatabasePatience patience, ListenerMetrics metrics, TimeProvider time)
    : IDicomService
{
    public async ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel)
    {
        if (Refuse(request) is var (rejection, reason))
        {
            await refusals.AddAsync(request, reason);
            return AssociationReply.Reject(rejection);
        }

        var id = await ledger.OpenAsync(request, cancel);
        metrics.Opened();
        var sender = new Sender(id, request, options.Value.Find(request)!);
        return AssociationReply.Accept(
            new ReceivedAssociation(sender, ledger, intake, refusals, new(sender, commitments, look, time), patience, metrics));
    }

    private (AssociationRejection Rejection, Reason Reason)? Refuse(AssociationRequest request)
    {
        var settings = options.Value;
        var calledKnown = request.CalledAe.Value == settings.AeTitle.Trim();
        var callers = settings.CallersOf(request.CallingAe);
        var (callingKnown, here) = (callers.Count > 0, callers.FindAll(caller => caller.ComesFrom(request.Remote)));
        var refusal = (calledKnown, callingKnown, here.Count > 0) switch
        {
            (false, _, _) => Because(
                AssociationRejection.CalledAeNotRecognized, ReasonCode.CalledAeUnknown, $"This gateway answers to {settings.AeTitle}."),
            (_, false, _) => Because(
                AssociationRejection.CallingAeNotRecognized, ReasonCode.CallingAeUnknown, "The calling AE title is not in Dicom:Callers."),
            (_, _, false) => Because(
                AssociationRejection.CallingAeNotRecognized, ReasonCode.AddressNotAllowed,
                "The calling AE title may not come from this address."),
            _ when !here.Exists(caller => caller.HasSubject(request.TlsSubject)) => Because(
                AssociationRejection.CallingAeNotRecognized, ReasonCode.TlsSubjectNotAllowed,
                "The calling AE title may come over TLS only, under another certificate."),
            _ when request.ServerStops => Because(AssociationRejection.TemporaryCongestion, ReasonCode.Stopping, "The gateway stops."),
            _ when request.OpenAssociations >= settings.MaxAssociations => Because(
                AssociationRejection.TemporaryCongestion, ReasonCode.AssociationLimit,
                $"{settings.MaxAssociations} associations are open."),
            _ when disk.IsLow => Because(
                AssociationRejection.LocalLimitExceeded, ReasonCode.DiskLow, "Free disk space is below the watermark."),
            _ => null,
        };
        if (refusal is not null)
            metrics.Rejected(request, callingKnown, calledKnown);
        return refusal;
    }

    private static (AssociationRejection, Reason)? Because(AssociationRejection rejection, ReasonCode code, string text) =>
        (rejection, code.Because(text));
}
