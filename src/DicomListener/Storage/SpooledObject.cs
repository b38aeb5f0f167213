using System.Buffers;
using System.Security.Cryptography;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>One incoming object: streamed to a spool file behind a Part 10 header, hashed and scanned on the way, never held.</summary>
/// <remarks>A disk that fails is remembered and answered at the end: the peer is not to be cut off for it.</remarks>
internal sealed class SpooledObject : IStoreSink
{
    private const int BufferBytes = 128 * 1024;
    private const int BytesBetweenChecks = 16 * 1024 * 1024;

    private readonly ReceivedAssociation _association;
    private readonly ObjectIntake _intake;
    private readonly HeaderScan _scan;
    private readonly IncrementalHash _file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _dataSet = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _stream;
    private long _checkedAt;
    private bool _answered;

    public SpooledObject(ReceivedAssociation association, StoreRequest request, ObjectIntake intake)
    {
        (_association, Request, _intake) = (association, request, intake);
        _scan = new(request.TransferSyntaxUid);
        SpoolFile = intake.NewSpoolFile();
        Try(() =>
        {
            CheckDisk();
            _stream = new(SpoolFile, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
            Write(FileHeader.Create(request, association.Peer.CallingAe));
        });
    }

    public StoreRequest Request { get; }

    public string SpoolFile { get; }

    public AssociationRequest Peer => _association.Peer;

    public Guid AssociationId => _association.Id;

    /// <summary>Why nothing could be written; null when all was.</summary>
    public Exception? DiskError { get; private set; }

    public long Bytes { get; private set; }

    public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
    {
        Try(() =>
        {
            foreach (var segment in fragment)
            {
                _dataSet.AppendData(segment.Span);
                Write(segment.Span);
            }

            _scan.Feed(fragment);
            if (Bytes - _checkedAt >= BytesBetweenChecks)
                CheckDisk();
        });
        return default;
    }

    public async ValueTask<StoreReply> CompleteAsync()
    {
        Try(() =>
        {
            _stream!.Flush(flushToDisk: true);
            _stream.Dispose();
        });
        var (file, dataSet) = (Convert.ToHexStringLower(_file.GetHashAndReset()), Convert.ToHexStringLower(_dataSet.GetHashAndReset()));
        var reply = await _intake.TakeAsync(this, _scan.Complete(), file, dataSet);
        _association.Answered(Request, reply);
        _answered = true;
        return reply;
    }

    public ValueTask DisposeAsync()
    {
        if (!_answered)
            ListenerMetrics.Lost(Request.SopClassUid);
        Discard();
        _scan.Dispose();
        _file.Dispose();
        _dataSet.Dispose();
        return default;
    }

    /// <summary>The file is not there any more when the object was stored. What cannot be deleted now is swept at the next start.</summary>
    private void Discard()
    {
        try
        {
            _stream?.Dispose();
            File.Delete(SpoolFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            DiskError ??= error;
        }
    }

    /// <summary>A single object may be larger than what is left.</summary>
    private void CheckDisk()
    {
        _checkedAt = Bytes;
        if (_intake.IsDiskLow)
            throw new IOException("Free disk space is below the watermark.");
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file.AppendData(bytes);
        _stream!.Write(bytes);
        Bytes += bytes.Length;
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
