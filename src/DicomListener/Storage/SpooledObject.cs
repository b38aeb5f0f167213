using System.Buffers;
using Gateway.DicomNetwork;
using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>One object on its way in: streamed to a spool file, then handed to the intake.</summary>
/// <remarks>An error of the disk is remembered and answered at the end, so that the association goes on.</remarks>
internal sealed class SpooledObject : IStoreSink
{
    private const int BytesBetweenChecks = 16 * 1024 * 1024;

    private readonly ObjectIntake _intake;
    private readonly Sender _sender;
    private readonly StoreRequest _request;
    private readonly ReceivedCount _count;
    private readonly string _path;
    private SpoolFile? _file;
    private Exception? _diskError;
    private long _checkedAt;
    private bool _answered;

    public SpooledObject(ObjectIntake intake, Sender sender, StoreRequest request, ReceivedCount count)
    {
        (_intake, _sender, _request, _count) = (intake, sender, request, count);
        _path = intake.NewSpoolFile();
        count.Announce();
        try
        {
            CheckDisk(0);
            _file = new(_path, request);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            _diskError = error;
        }
    }

    public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
    {
        if (_diskError is not null)
            return default;
        try
        {
            _file!.Append(fragment);
            if (_file.Bytes - _checkedAt >= BytesBetweenChecks)
                CheckDisk(_file.Bytes);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            _diskError = error;
        }

        return default;
    }

    public async ValueTask<StoreReply> CompleteAsync()
    {
        var reply = Seal() is { } arrived ? await _intake.TakeAsync(arrived) : await _intake.TellNotStoredAsync(_sender, _diskError!);
        _count.Answer(_request, reply);
        _answered = true;
        return reply;
    }

    /// <summary>Deletes the file, which is gone if the object was stored. A file that cannot be deleted now is deleted at the next
    /// start.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_answered)
            _count.Lose(_request);
        try
        {
            _file?.Dispose();
            File.Delete(_path);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            _diskError ??= error;
        }

        return default;
    }

    /// <returns>Null when the disk failed.</returns>
    private ArrivedObject? Seal()
    {
        if (_diskError is not null)
            return null;
        try
        {
            _file!.Flush();
            var (header, sha256) = _file.Complete();
            CrashPoints.Pass(CrashPoint.AfterSpoolWrite);
            return new(_sender, _request, _path, header, sha256, _file.Bytes);
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            _diskError = error;
            return null;
        }
    }

    /// <summary>Checked while the object grows, since one object may be larger than the free space.</summary>
    private void CheckDisk(long bytes)
    {
        _checkedAt = bytes;
        if (_intake.IsDiskLow)
            throw new IOException("Free disk space is below the watermark.");
    }

    private static bool IsOfTheDisk(Exception error) => error is IOException or UnauthorizedAccessException;
}
