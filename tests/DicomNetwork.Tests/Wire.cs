using System.Buffers;

namespace Gateway.DicomNetwork.Tests;

/// <summary>The same bytes as a network may deliver them.</summary>
internal static class Wire
{
    /// <summary>Whole, cut in two at every index, and one byte per segment.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> EverySplit(byte[] bytes) => EveryArrival(bytes).Select(Join);

    /// <summary>The same cuts, as pieces that come one after the other.</summary>
    public static IEnumerable<byte[][]> EveryArrival(byte[] bytes)
    {
        yield return [bytes];
        for (var cut = 1; cut < bytes.Length; cut++)
            yield return [bytes[..cut], bytes[cut..]];
        yield return [.. bytes.Select(b => new[] { b })];
    }

    public static ReadOnlySequence<byte> Join(IReadOnlyList<byte[]> pieces)
    {
        if (pieces.Count == 0)
            return ReadOnlySequence<byte>.Empty;
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
