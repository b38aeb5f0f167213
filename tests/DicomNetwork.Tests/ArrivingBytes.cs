using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A transport whose bytes come in given pieces, one piece a wait, each a segment of its own; after the last the peer has
/// closed.</summary>
internal sealed class ArrivingBytes(IEnumerable<byte[]> pieces) : PipeReader
{
    private readonly Queue<byte[]> _pieces = new(pieces);
    private readonly List<byte[]> _held = [];
    private ReadOnlySequence<byte> _buffer = ReadOnlySequence<byte>.Empty;
    private bool _unexamined;
    private bool _canceled;

    public override bool TryRead(out ReadResult result)
    {
        var ready = _unexamined || _canceled;
        result = ready ? Take() : default;
        return ready;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!_unexamined && _pieces.TryDequeue(out var piece))
        {
            _held.Add(piece);
            _buffer = Wire.Join(_held);
        }

        return new(Take());
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _unexamined = !_buffer.Slice(examined).IsEmpty;
        var rest = _buffer.Slice(consumed);
        _held.Clear();
        foreach (var segment in rest)
            _held.Add(segment.ToArray());
        _buffer = Wire.Join(_held);
    }

    public override void CancelPendingRead() => _canceled = true;

    public override void Complete(Exception? exception = null) { }

    private ReadResult Take()
    {
        var result = new ReadResult(_buffer, _canceled, isCompleted: _pieces.Count == 0);
        _canceled = false;
        return result;
    }
}
