using System.Buffers.Binary;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>What the meta information at the start of a file says of its data set (PS3.10 §7.1).</summary>
/// <param name="SopClassUid">(0002,0002) (PS3.10 §7.1).</param>
/// <param name="SopInstanceUid">(0002,0003) (PS3.10 §7.1).</param>
/// <param name="TransferSyntaxUid">(0002,0010) (PS3.10 §7.1).</param>
/// <param name="DataSetOffset">Bytes before the data set (PS3.10 §7.1).</param>
public sealed record Part10Prefix(Uid SopClassUid, Uid SopInstanceUid, string TransferSyntaxUid, int DataSetOffset)
{
    /// <summary>Far more bytes than any meta information holds (PS3.10 §7.1).</summary>
    public const int MaxLength = 65_536;

    private const int Preamble = 128;

    /// <summary>Reads the first bytes of a file: <see cref="MaxLength"/>, or all it has (PS3.10 §7.1).</summary>
    /// <exception cref="InvalidDataException">Not a Part 10 file.</exception>
    public static Part10Prefix Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Preamble + 4 || !bytes.Slice(Preamble, 4).SequenceEqual("DICM"u8))
            throw new InvalidDataException("Not a DICOM Part 10 file.");

        var (at, values) = (Preamble + 4, new Dictionary<ushort, string>());
        while (bytes.Length - at >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) == 0x0002)
        {
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var vr = bytes.Slice(at + 4, 2);
            var isLong = vr[0] == 'O' || vr.SequenceEqual("UN"u8) || vr.SequenceEqual("UT"u8);
            if (isLong && bytes.Length - at < 12)
                break;

            var start = at + (isLong ? 12 : 8);
            var length = isLong
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 6)..]);
            if (length > (uint)(bytes.Length - start))
                throw new InvalidDataException("The file meta information is cut off or too long.");

            values[element] = Encoding.ASCII.GetString(bytes.Slice(start, (int)length));
            at = start + (int)length;
        }

        return new(Require(values, 0x0002), Require(values, 0x0003), Require(values, 0x0010).Value, at);
    }

    private static Uid Require(Dictionary<ushort, string> values, ushort element) =>
        Uid.TryParse(values.GetValueOrDefault(element), out var uid)
            ? uid
            : throw new InvalidDataException($"The file meta information has no usable (0002,{element:X4}).");
}
