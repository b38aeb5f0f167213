using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>What becomes of an object that has arrived whole (design.md row 2): stored, or refused with a status and a reason, its bytes
/// in quarantine.</summary>
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

    /// <param name="file">Null where it could not be made.</param>
    internal async Task<StoreReply> TakeAsync(SpooledObject spooled, SpoolFile? file)
    {
        try
        {
            if (spooled.DiskError is { } full)
                throw full;
            var (header, sha256) = file!.Complete();
            if (Judge(spooled.Request, header) is var (status, reason))
                return await QuarantineAsync(spooled, status, reason);

            await objects.AdoptAsync(spooled.Path, sha256);
            await commit.CommitAsync(new()
            {
                AssociationId = spooled.AssociationId,
                Header = header,
                TransferSyntaxUid = spooled.Request.TransferSyntaxUid,
                Sha256 = sha256,
                Bytes = spooled.Bytes,
                At = time.GetUtcNow(),
                ExpectedInStudy = spooled.Caller.ExpectedInStudy(header),
            });
            return StoreReply.Success;
        }
        catch (Exception error)
        {
            LogNotStored(error);
            return new(DimseStatus.OutOfResources, "Not stored; try again.");
        }
    }

    private static (ushort Status, Reason Reason)? Judge(StoreRequest request, ScannedHeader header)
    {
        if (header.Malformed is { } malformed)
            return (DimseStatus.CannotUnderstand, ReasonCode.Malformed.Because(malformed));

        Uid?[] wanted =
        [
            request.SopClassUid, request.SopInstanceUid,
            header.SopClassUid, header.SopInstanceUid, header.StudyInstanceUid, header.SeriesInstanceUid,
        ];
        if (wanted.Contains(null))
            return (DimseStatus.CannotUnderstand, ReasonCode.NoUsableUids.Because("A SOP Class, SOP Instance, Study or Series Instance UID is missing."));
        return (header.SopClassUid, header.SopInstanceUid) == (request.SopClassUid, request.SopInstanceUid)
            ? null
            : (DimseStatus.DataSetDoesNotMatchSopClass, ReasonCode.SopUidsDiffer.Because("The data set is not the SOP class or instance announced."));
    }

    private async Task<StoreReply> QuarantineAsync(SpooledObject spooled, ushort status, Reason reason)
    {
        var name = Path.GetFileName(spooled.Path);
        File.Move(spooled.Path, Path.Combine(data.Quarantine, name));
        DirectoryFlush.Flush(data.Quarantine);
        await refusals.AddAsync(spooled.Peer, reason, name);
        return new(status, reason.Text);
    }

    [LoggerMessage(EventId = 1110, Level = LogLevel.Error, Message = "An object could not be stored; answered A700")]
    private partial void LogNotStored(Exception error);
}
