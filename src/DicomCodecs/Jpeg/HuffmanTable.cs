namespace Gateway.DicomCodecs;

/// <summary>A JPEG Huffman table (ISO/IEC 10918-1 annexes C and F.2.2.3).</summary>
internal sealed class HuffmanTable
{
    private readonly byte[] _values;
    private readonly int[] _largest = new int[17];
    private readonly int[] _offset = new int[17];

    /// <param name="counts">How many codes there are of 1 to 16 bits.</param>
    /// <param name="values">The values that the codes stand for, in the order of the codes.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        _values = values.ToArray();
        var (code, index) = (0, 0);
        for (var length = 1; length <= 16; length++)
        {
            _offset[length] = index - code;
            code += counts[length - 1];
            index += counts[length - 1];
            _largest[length] = code - 1;
            code <<= 1;
        }
    }

    /// <summary>The tables of a DHT segment (annex B.2.4.2).</summary>
    /// <exception cref="DicomDataException">One is longer than the segment, or has more codes than their bits can tell apart.</exception>
    public static void Check(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            if (segment.Length < 17 || segment[0] >> 4 > 1 || (segment[0] & 15) > 3)
                throw new DicomDataException("The JPEG image has a Huffman table of no kind.");
            var length = 17 + Count(segment[1..17]);
            segment = length <= segment.Length
                ? segment[length..] : throw new DicomDataException("A Huffman table is longer than its segment.");
        }

        static int Count(ReadOnlySpan<byte> counts)
        {
            var (count, free) = (0, 1);
            foreach (var codes in counts)
            {
                (count, free) = (count + codes, free * 2 - codes);
                if (free < 0) throw new DicomDataException("A Huffman table has more codes than their bits can tell apart.");
            }
            return count <= 256 ? count : throw new DicomDataException("A Huffman table has more codes than there are values.");
        }
    }

    /// <summary>The value of a code of that many bits; false when there is no such code and another bit is needed.</summary>
    public bool TryFind(int code, int length, out byte value)
    {
        var found = code <= _largest[length] && _offset[length] + code is var index && index >= 0 && index < _values.Length;
        value = found ? _values[_offset[length] + code] : (byte)0;
        return found;
    }
}
