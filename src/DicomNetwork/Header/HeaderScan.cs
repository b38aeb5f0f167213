using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>Reads the attributes of <see cref="HeaderTag"/> out of a data set while it streams by, in a few kilobytes whatever the data
/// set's size (PS3.5 §7).</summary>
/// <remarks>Never throws for what the bytes are: <see cref="Complete"/> tells. Sequences are walked over, pixels counted, neither
/// kept.</remarks>
public sealed class HeaderScan : IDisposable
{
    private readonly ElementScanner _scanner;
    private readonly Inflater? _inflater;

    /// <summary>Begins a data set (PS3.5 §10).</summary>
    /// <param name="transferSyntaxUid">A known one (<see cref="TransferSyntaxes"/>).</param>
    public HeaderScan(string transferSyntaxUid)
    {
        var encoding = TransferSyntaxes.EncodingOf(transferSyntaxUid);
        _scanner = new(
            isExplicit: encoding != DataSetEncoding.ImplicitLittleEndian, isBigEndian: encoding == DataSetEncoding.ExplicitBigEndian);
        _inflater = encoding == DataSetEncoding.DeflatedLittleEndian ? new(_scanner) : null;
    }

    /// <summary>The next bytes of the data set, however they are cut (PS3.5 §7).</summary>
    public void Feed(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
            Feed(segment.Span);
    }

    /// <inheritdoc cref="Feed(ReadOnlySequence{byte})"/>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_inflater is { } inflater)
            inflater.Feed(bytes);
        else
            _scanner.Feed(bytes);
    }

    /// <summary>The data set has ended (PS3.5 §7).</summary>
    public ScannedHeader Complete() => _scanner.Complete();

    /// <summary>Lets the inflater go (PS3.5 §A.5).</summary>
    public void Dispose() => _inflater?.Dispose();
}
