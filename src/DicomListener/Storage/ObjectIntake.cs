using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Decides what becomes of an object that has arrived whole (docs/architecture.md, "The flow", 1): it is stored, or refused with a
/// status and a reason, and its bytes go to the quarantine.</summary>
internal sealed partial class ObjectIntake(
    DataDirectory data,
    IObjectStore objects,
    InstanceCommit commit,
    RefusalLog refusals,
    DiskSpace disk,
    TimeProvider time,
    ILogger<ObjectIntake> logger)
{
    internal bool IsDiskLow => disk.IsLow;

    internal string NewSpoolFile() => Path.Combine(data.Spool, $"{Guid.CreateVersion7(time.GetUtcNow())}.dcm");

    internal async Task<StoreReply> TakeAsync(ArrivedObject arrived)
    {
        try
        {
            if (Judge(arrived) is var (status, reason))
                return await QuarantineAsync(arrived, status, reason);

            await objects.AdoptAsync(arrived.Path, arrived.Sha256);
            CrashPoints.Pass(CrashPoint.AfterPlacing);
            await commit.CommitAsync(new()
            {
                AssociationId = arrived.Sender.AssociationId,
                Header = arrived.Header,
                TransferSyntaxUid = arrived.Request.TransferSyntaxUid,
                Sha256 = arrived.Sha256,
                Bytes = arrived.Bytes,
                At = time.GetUtcNow(),
                ExpectedInStudy = arrived.Sender.Caller.ExpectedInStudy(arrived.Header),
                UrgentBy = UrgencyRule.Decide(arrived),
            });
            CrashPoints.Pass(CrashPoint.AfterCommit);
            return StoreReply.Success;
        }
        catch (Exception error)
        {
            return await TellNotStoredAsync(arrived.Sender, error);
        }
    }

    /// <summary>The sender keeps the object and may try again: a full disk is no place for a copy of it.</summary>
    internal async Task<StoreReply> TellNotStoredAsync(Sender sender, Exception error)
    {
        LogNotStored(error);
        var reason = ReasonCode.NotStored.Because("Not stored; try again.");
        await refusals.AddAsync(sender.Peer, reason);
        return new(DimseStatus.OutOfResources, reason.Text);
    }

    private static (ushort Status, Reason Reason)? Judge(ArrivedObject arrived)
    {
        var (request, header) = (arrived.Request, arrived.Header);
        if (header.Malformed is { } malformed)
            return (DimseStatus.CannotUnderstand, ReasonCode.Malformed.Because(malformed));

        Uid?[] wanted =
        [
            request.SopClassUid, request.SopInstanceUid,
            header.SopClassUid, header.SopInstanceUid, header.StudyInstanceUid, header.SeriesInstanceUid,
        ];
        if (wanted.Contains(null))
            return (DimseStatus.CannotUnderstand, ReasonCode.NoUsableUids.Because(
                "A SOP Class, SOP Instance, Study or Series Instance UID is missing or is no UID (PS3.5 9.1)."));
        if (arrived.Sender.OnlyStudy is { } study && header.StudyInstanceUid!.Value.Value != study)
            return (DimseStatus.DataSetDoesNotMatchSopClass, ReasonCode.SopUidsDiffer.Because(
                "The data set is not of the study that the request is for."));
        return (header.SopClassUid, header.SopInstanceUid) == (request.SopClassUid, request.SopInstanceUid)
            ? null
            : (DimseStatus.DataSetDoesNotMatchSopClass, ReasonCode.SopUidsDiffer.Because(
                "The data set is not the SOP class or instance announced."));
    }

    private async Task<StoreReply> QuarantineAsync(ArrivedObject arrived, ushort status, Reason reason)
    {
        var name = Path.GetFileName(arrived.Path);
        File.Move(arrived.Path, Path.Combine(data.Quarantine, name));
        DirectoryFlush.Flush(data.Quarantine);
        await refusals.AddAsync(arrived.Sender.Peer, reason, name);
        return new(status, reason.Text);
    }

    [LoggerMessage(EventId = 1110, Level = LogLevel.Error, Message = "An object could not be stored; answered A700")]
    private partial void LogNotStored(Exception error);
}
