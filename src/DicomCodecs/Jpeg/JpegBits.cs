namespace Gateway.DicomCodecs;

/// <summary>Reads entropy-coded JPEG data bit by bit (ISO/IEC 10918-1 annex F.2.2.5), past stuffed zeros and restart markers.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> coded)
{
    private readonly ReadOnlySpan<byte> _coded = coded;
    private int _at;
    private int _current;
    private int _left;

    /// <summary>Bytes that are read, all of the last one.</summary>
    public readonly int Consumed => _at;

    /// <summary>One coded difference (annex H.1.2.2): its size by Huffman code, then that many bits.</summary>
    public int Difference(HuffmanTable table)
    {
        var (code, size) = (0, (byte)0);
        for (var length = 1; ; length++)
        {
            code = (code << 1) | Bit();
            if (table.TryFind(code, length, out size)) break;
            if (length == 16) throw new DicomDataException("The JPEG samples hold a code that is in no table.");
        }
        if (size is 0 or >= 16) return size == 0 ? 0 : 32_768;
        var value = 0;
        for (var i = 0; i < size; i++) value = (value << 1) | Bit();
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    /// <summary>Passes over a restart marker, which stands at a byte boundary.</summary>
    public void Restart()
    {
        _left = 0;
        if (_at + 1 >= _coded.Length || _coded[_at] != 0xFF || _coded[_at + 1] is < 0xD0 or > 0xD7)
            throw new DicomDataException("The JPEG samples lack a restart marker.");
        _at += 2;
    }

    private int Bit()
    {
        if (_left == 0)
        {
            if (_at >= _coded.Length || _coded[_at] == 0xFF && (_at + 1 >= _coded.Length || _coded[_at + 1] != 0))
                throw new DicomDataException("The JPEG samples end early.");
            _current = _coded[_at];
            _at += _current == 0xFF ? 2 : 1;
            _left = 8;
        }
        _left--;
        return (_current >> _left) & 1;
    }
}
