namespace Gateway.DicomCodecs;

/// <summary>A JPEG Huffman table (ISO/IEC 10918-1 annexes C and F.2.2.3).</summary>
internal sealed class HuffmanTable
{
    private readonly byte[] _values;
    private readonly int[] _largest = new int[17];
    private readonly int[] _offset = new int[17];

    /// <param name="counts">How many codes there are of 1 to 16 bits.</param>
    /// <param name="values">What they stand for, in order.</param>
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

    /// <summary>The value of a code of that many bits; false when there is no such code and another bit is needed.</summary>
    public bool TryFind(int code, int length, out byte value)
    {
        var found = code <= _largest[length] && _offset[length] + code is var index && index >= 0 && index < _values.Length;
        value = found ? _values[_offset[length] + code] : (byte)0;
        return found;
    }
}
