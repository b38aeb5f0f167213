using System.Buffers;
using System.Security.Cryptography;
using Gateway.DicomNetwork;
using Microsoft.Win32.SafeHandles;

namespace Gateway.DicomListener;

/// <summary>The file of one incoming object: a Part 10 header (PS3.10 §7.1) and the data set. The data set is hashed and scanned while it
/// streams by, and never held in memory.</summary>
/// <remarks>The header depends on the object alone. One digest therefore both names the file and recognises an image that is sent again by
/// anybody; hashing file and data set separately would cost 0.3 ms for each CT image.</remarks>
internal sealed class SpoolFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly HeaderScan _scan;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <exception cref="IOException">The file is there already, or the disk fails.</exception>
    public SpoolFile(string path, StoreRequest request)
    {
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _scan = new(request.TransferSyntaxUid);
        Write(FileHeader.Create(request));
    }

    /// <summary>Bytes written so far, including the header.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next bytes of the data set.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Append(ReadOnlySequence<byte> fragment)
    {
        foreach (var segment in fragment)
        {
            _scan.Feed(segment.Span);
            Write(segment.Span);
        }
    }

    /// <summary>The data set has ended.</summary>
    /// <returns>The header that was scanned, and the SHA-256 of the file in lower-case hex.</returns>
    public (ScannedHeader Header, string Sha256) Complete() => (_scan.Complete(), Convert.ToHexStringLower(_hash.GetHashAndReset()));

    /// <summary>Returns once the bytes are on the disk.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose()
    {
        _file.Dispose();
        _scan.Dispose();
        _hash.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        RandomAccess.Write(_file, bytes, Bytes);
        Bytes += bytes.Length;
    }
}
