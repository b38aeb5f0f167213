using System.Buffers;

namespace Gateway.DicomNetwork.Tests;

/// <summary>The same bytes as a network may deliver them.</summary>
internal static class Wire
{
    /// <summary>Whole, cut in two at every index, and one byte per segment.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> EverySplit(byte[] bytes)
    {
        yield return new(bytes);
        for (var cut = 1; cut < bytes.Length; cut++)
            yield return Join([bytes[..cut], bytes[cut..]]);
        yield return Join([.. bytes.Select(b => new[] { b })]);
    }

    private static ReadOnlySequence<byte> Join(byte[][] pieces)
    {
        var first = new Segment(pieces[0]);
        var last = pieces.Skip(1).Aggregate(first, (previous, piece) => previous.Append(piece));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes) => Memory = bytes;

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
