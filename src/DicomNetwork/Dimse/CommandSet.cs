using System.Buffers.Binary;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>A DIMSE command: the elements of group 0000, always implicit little endian (PS3.7 §6.3).</summary>
internal sealed class CommandSet
{
    /// <summary>Longest command set taken, in bytes: the standard's own commands stay under one kilobyte.</summary>
    public const int MaxLength = 65_536;

    private const int ElementHeaderLength = 8;
    private const ushort NoDataSet = 0x0101;

    private readonly SortedDictionary<ushort, byte[]> _elements = [];

    public CommandField Field
    {
        get => (CommandField)Require(0x0100);
        init => Put(0x0100, (ushort)value);
    }

    public ushort MessageId
    {
        get => Require(0x0110);
        init => Put(0x0110, value);
    }

    public ushort MessageIdRespondedTo
    {
        get => Require(0x0120);
        init => Put(0x0120, value);
    }

    public bool HasDataSet
    {
        get => Require(0x0800) != NoDataSet;
        init => Put(0x0800, value ? (ushort)0x0001 : NoDataSet);
    }

    public ushort Status
    {
        get => Require(0x0900);
        init => Put(0x0900, value);
    }

    /// <summary>0 medium, 1 high, 2 low.</summary>
    public ushort Priority
    {
        init => Put(0x0700, value);
    }

    /// <summary>Whether <see cref="Priority"/> is high; a request without one, or with an odd one, is not.</summary>
    public bool IsHigh => _elements.TryGetValue(0x0700, out var value) && value is [0x01, 0x00];

    public string? AffectedSopClassUid
    {
        get => Text(0x0002);
        init => PutUid(0x0002, value);
    }

    public string? AffectedSopInstanceUid
    {
        get => Text(0x1000);
        init => PutUid(0x1000, value);
    }

    public string? RequestedSopClassUid
    {
        get => Text(0x0003);
        init => PutUid(0x0003, value);
    }

    public string? RequestedSopInstanceUid
    {
        get => Text(0x1001);
        init => PutUid(0x1001, value);
    }

    /// <summary>Of an N-EVENT-REPORT.</summary>
    public ushort EventTypeId
    {
        get => Require(0x1002);
        init => Put(0x1002, value);
    }

    /// <summary>Of an N-ACTION.</summary>
    public ushort ActionTypeId
    {
        get => Require(0x1008);
        init => Put(0x1008, value);
    }

    /// <summary>Error Comment (0000,0902): at most 64 characters are sent.</summary>
    public string? ErrorComment
    {
        get => Text(0x0902);
        init => PutText(0x0902, value?[..Math.Min(value.Length, 64)], ' ');
    }

    /// <exception cref="PduException">Not a command set.</exception>
    public static CommandSet Parse(ReadOnlySpan<byte> bytes)
    {
        var command = new CommandSet();
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < ElementHeaderLength)
                throw PduException.Truncated();
            var (group, element) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (group != 0 || length > (uint)bytes.Length - ElementHeaderLength)
                throw new PduException(AbortReason.InvalidPduParameterValue, "The command set is malformed.");

            if (element != 0)    // the group length is computed again when writing
                command._elements[element] = bytes.Slice(ElementHeaderLength, (int)length).ToArray();
            bytes = bytes[(ElementHeaderLength + (int)length)..];
        }

        return command;
    }

    public byte[] ToBytes()
    {
        var length = _elements.Values.Sum(value => ElementHeaderLength + value.Length);
        var bytes = new byte[12 + length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), 4);    // (0000,0000) group length
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)length);
        var rest = bytes.AsSpan(12);
        foreach (var (element, value) in _elements)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], element);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)value.Length);
            value.CopyTo(rest[ElementHeaderLength..]);
            rest = rest[(ElementHeaderLength + value.Length)..];
        }

        return bytes;
    }

    private ushort Require(ushort element) =>
        _elements.TryGetValue(element, out var value) && value.Length == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(value)
            : throw new PduException(AbortReason.InvalidPduParameterValue, $"The command set lacks (0000,{element:X4}).");

    private string? Text(ushort element) =>
        _elements.TryGetValue(element, out var value) ? Encoding.ASCII.GetString(value).Trim('\0', ' ') : null;

    private void Put(ushort element, ushort value) => _elements[element] = [(byte)value, (byte)(value >> 8)];

    private void PutUid(ushort element, string? value) => PutText(element, value, '\0');

    private void PutText(ushort element, string? value, char padding)
    {
        if (value is not null)
            _elements[element] = Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + padding);
    }
}
