namespace Gateway.Portal.DicomWeb;

/// <summary>The entropy-coded part of baseline JPEG (ITU-T T.81 annex F.1.2).</summary>
internal sealed class JpegBits(Stream to)
{
    private const byte EndOfBlock = 0x00;
    private const byte SixteenZeros = 0xF0;
    private const byte Marker = 0xFF;

    private static readonly (ushort Code, byte Bits)[] Dc = JpegTables.Codes(JpegTables.DcLengths, JpegTables.DcSymbols);
    private static readonly (ushort Code, byte Bits)[] Ac = JpegTables.Codes(JpegTables.AcLengths, JpegTables.AcSymbols);
    private uint _pending;
    private int _count;

    /// <param name="block">64 quantised coefficients, row by row.</param>
    /// <param name="before">The first one of the block before of the same component; 0 at the start.</param>
    public void Write(ReadOnlySpan<int> block, int before)
    {
        var difference = block[0] - before;
        Put(Dc[Category(difference)]);
        PutValue(difference);
        var zeros = 0;
        for (var i = 1; i < block.Length; i++)
        {
            var value = block[JpegTables.ZigZag[i]];
            if (value == 0)
            {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16)
                Put(Ac[SixteenZeros]);
            Put(Ac[(zeros << 4) | Category(value)]);
            PutValue(value);
            zeros = 0;
        }
        if (zeros > 0)
            Put(Ac[EndOfBlock]);
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void End()
    {
        if (_count > 0)
            Put(((ushort)((1 << (8 - _count)) - 1), (byte)(8 - _count)));
    }

    /// <summary>Bits of the magnitude.</summary>
    private static int Category(int value) => value == 0 ? 0 : 32 - int.LeadingZeroCount(Math.Abs(value));

    private void PutValue(int value)
    {
        var bits = Category(value);
        if (bits > 0)
            Put(((ushort)((value < 0 ? value - 1 : value) & ((1 << bits) - 1)), (byte)bits));
    }

    private void Put((ushort Code, byte Bits) code)
    {
        _pending = (_pending << code.Bits) | code.Code;
        for (_count += code.Bits; _count >= 8; _count -= 8)
        {
            var one = (byte)(_pending >> (_count - 8));
            to.WriteByte(one);
            if (one == Marker)
                to.WriteByte(0);
        }
        _pending &= (1u << _count) - 1;
    }
}
