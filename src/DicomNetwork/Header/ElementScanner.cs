using System.Buffers.Binary;

namespace Gateway.DicomNetwork;

/// <summary>Walks the elements of a data set pushed at it in pieces (PS3.5 §7): one fixed-size need at a time, gathered in one small
/// buffer.</summary>
internal sealed class ElementScanner(bool isExplicit, bool isBigEndian)
{
    private const uint Undefined = 0xFFFF_FFFF;
    private const uint Item = 0xFFFE_E000;
    private const uint ItemDelimiter = 0xFFFE_E00D;
    private const uint SequenceDelimiter = 0xFFFE_E0DD;
    private const int MaxDepth = 64;
    private const int MaxValue = 1_024;

    private readonly byte[] _carry = new byte[MaxValue];
    private readonly Dictionary<HeaderTag, byte[]> _values = [];
    private readonly Stack<Level> _levels = [];
    private (bool Explicit, bool BigEndian) _encoding = (isExplicit, isBigEndian);
    private Stage _stage = Stage.Header;
    private int _carried;
    private int _needed = 8;
    private long _skip;
    private uint _tag;
    private string _vr = "";
    private bool _inPixelData;
    private long? _pixelDataLength;
    private string? _malformed;

    private enum Stage
    {
        Header,
        LongLength,
        Value,
        Done,
    }

    private enum LevelKind
    {
        Sequence,
        Item,
        Fragments,
    }

    /// <summary>Nothing that still comes can change the result.</summary>
    public bool IsDone => _stage == Stage.Done;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _stage != Stage.Done)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                bytes = bytes[skipped..];
                EndPixelData();
                continue;
            }

            var gathered = bytes[..Math.Min(_needed - _carried, bytes.Length)];
            gathered.CopyTo(_carry.AsSpan(_carried));
            _carried += gathered.Length;
            bytes = bytes[gathered.Length..];
            if (_carried == _needed)
                Step(_carry.AsSpan(0, _carried));
        }
    }

    public void Fail(string reason)
    {
        _malformed ??= reason;
        _stage = Stage.Done;
    }

    public ScannedHeader Complete()
    {
        var complete = _stage == Stage.Done || (_stage == Stage.Header && _carried == 0 && _skip == 0 && _levels.Count == 0);
        if (!complete && !_inPixelData)
            Fail("The data set ends inside an element.");
        return new(_values, isBigEndian, _malformed, _pixelDataLength, pixelDataCut: !complete && _inPixelData);
    }

    private void Step(ReadOnlySpan<byte> gathered)
    {
        _carried = 0;
        switch (_stage)
        {
            case Stage.Header:
                TakeHeader(gathered);
                break;
            case Stage.LongLength:
                TakeElement(UInt32(gathered));
                break;
            case Stage.Value:
                _values[(HeaderTag)_tag] = gathered.ToArray();
                Need(Stage.Header, 8);
                break;
        }
    }

    private void TakeHeader(ReadOnlySpan<byte> header)
    {
        _tag = (uint)(UInt16(header) << 16) | UInt16(header[2..]);
        Need(Stage.Header, 8);
        if (_tag is Item or ItemDelimiter or SequenceDelimiter)
        {
            TakeDelimiter(UInt32(header[4..]));
        }
        else if (_levels.TryPeek(out var level) && level.Kind != LevelKind.Item)
        {
            Fail("An element where an item was expected.");
        }
        else if (!_encoding.Explicit)
        {
            _vr = "";
            TakeElement(UInt32(header[4..]));
        }
        else if (!char.IsAsciiLetterUpper((char)header[4]) || !char.IsAsciiLetterUpper((char)header[5]))
        {
            Fail("An element without a value representation.");
        }
        else
        {
            _vr = string.Create(2, (header[4], header[5]), static (text, vr) => (text[0], text[1]) = ((char)vr.Item1, (char)vr.Item2));
            if (HasShortLength(_vr))
                TakeElement(UInt16(header[6..]));
            else
                Need(Stage.LongLength, 4);
        }
    }

    private void TakeElement(uint length)
    {
        Need(Stage.Header, 8);
        _inPixelData = _levels.Count == 0 && (_tag is 0x7FE0_0008 or 0x7FE0_0009 or 0x7FE0_0010);
        if (length == Undefined)
        {
            TakeUndefinedLength();
        }
        else if (_inPixelData)
        {
            (_skip, _pixelDataLength) = (length, length);
            EndPixelData();
        }
        else if (_levels.Count == 0 && length is > 0 and <= MaxValue && Enum.IsDefined((HeaderTag)_tag))
        {
            Need(Stage.Value, (int)length);
        }
        else
        {
            _skip = length;
        }
    }

    private void TakeUndefinedLength()
    {
        if (_inPixelData || _vr is "OB" or "OW")    // nested: the pixels of an icon
            Push(LevelKind.Fragments, _encoding);
        else if (_vr is "" or "SQ")
            Push(LevelKind.Sequence, _encoding);
        else if (_vr == "UN")                       // PS3.5 §6.2.2 note: its items are implicit little endian
            Push(LevelKind.Sequence, (false, false));
        else
            Fail("An element of undefined length that is no sequence.");
    }

    private void TakeDelimiter(uint length)
    {
        var kind = _levels.TryPeek(out var level) ? level.Kind : (LevelKind?)null;
        switch (_tag, kind)
        {
            case (Item, LevelKind.Sequence) when length == Undefined:
                Push(LevelKind.Item, _encoding);
                break;
            case (Item, LevelKind.Sequence) or (Item, LevelKind.Fragments) when length != Undefined:
                _skip = length;
                break;
            case (ItemDelimiter, LevelKind.Item):
            case (SequenceDelimiter, LevelKind.Sequence or LevelKind.Fragments):
                _encoding = _levels.Pop().Outer;
                if (_inPixelData)
                    _stage = Stage.Done;
                break;
            default:
                Fail("An item or delimiter where none can be.");
                break;
        }
    }

    private void Push(LevelKind kind, (bool, bool) inner)
    {
        if (_levels.Count == MaxDepth)
        {
            Fail("Sequences are nested too deeply.");
            return;
        }

        _levels.Push(new(kind, _encoding));
        _encoding = inner;
    }

    private void EndPixelData()
    {
        if (_inPixelData && _skip == 0 && _levels.Count == 0)
            _stage = Stage.Done;
    }

    private void Need(Stage stage, int bytes) => (_stage, _needed) = (stage, bytes);

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _encoding.BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _encoding.BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>PS3.5 Table 7.1-2; every VR that is not in it, also one still to come, has a 32-bit length.</summary>
    private static bool HasShortLength(string vr) => vr is
        "AE" or "AS" or "AT" or "CS" or "DA" or "DS" or "DT" or "FD" or "FL" or "IS" or "LO" or "LT" or "PN" or "SH" or "SL" or "SS" or "ST"
        or "TM" or "UI" or "UL" or "US";

    private readonly record struct Level(LevelKind Kind, (bool Explicit, bool BigEndian) Outer);
}
