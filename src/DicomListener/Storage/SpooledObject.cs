using System.Buffers;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>One incoming object: streamed to a spool file, then handed to the intake.</summary>
/// <remarks>A disk that fails is remembered and answered at the end: the peer is not to be cut off for it.</remarks>
internal sealed class SpooledObject : IStoreSink
{
    private const int BytesBetweenChecks = 16 * 1024 * 1024;

    private readonly ReceivedAssociation _association;
    private readonly ObjectIntake _intake;
    private SpoolFile? _file;
    private long _checkedAt;
    private bool _answered;

    public SpooledObject(ReceivedAssociation association, StoreRequest request, ObjectIntake intake)
    {
        (_association, Request, _intake) = (association, request, intake);
        Path = intake.NewSpoolFile();
        Try(() =>
        {
            CheckDisk(0);
            _file = new(Path, request);
        });
    }

    public StoreRequest Request { get; }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    public AssociationRequest Peer => _association.Peer;

    public CallerOptions Caller => _association.Caller;

    public Guid AssociationId => _association.Id;

    /// <summary>Why nothing could be written; null when all was.</summary>
    public Exception? DiskError { get; private set; }

    /// <summary>Bytes of the file; 0 where there is none.</summary>
    public long Bytes => _file?.Bytes ?? 0;

    public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
    {
        Try(() =>
        {
            _file!.Append(fragment);
            if (Bytes - _checkedAt >= BytesBetweenChecks)
                CheckDisk(Bytes);
        });
        return default;
    }

    public async ValueTask<StoreReply> CompleteAsync()
    {
        Try(() => _file!.Flush());
        var reply = await _intake.TakeAsync(this, _file);
        _association.Answered(Request, reply);
        _answered = true;
        return reply;
    }

    /// <summary>The file is not there any more when the object was stored. What cannot be deleted now is swept at the next start.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_answered)
            ListenerMetrics.Lost(Request.SopClassUid);
        try
        {
            _file?.Dispose();
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            DiskError ??= error;
        }

        return default;
    }

    /// <summary>A single object may be larger than what is left.</summary>
    private void CheckDisk(long bytes)
    {
        _checkedAt = bytes;
        if (_intake.IsDiskLow)
            throw new IOException("Free disk space is below the watermark.");
    }

    private void Try(Action disk)
    {
        if (DiskError is not null)
            return;
        try
        {
            disk();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            DiskError = error;
        }
    }
}
