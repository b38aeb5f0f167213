using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Dicom;

/// <summary>Value representation: how an element's bytes are to be read (PS3.5 section 6.2).</summary>
public sealed class DicomVR
{
    /// <summary>Application Entity (PS3.5 section 6.2).</summary>
    public static readonly DicomVR AE = Text("AE", 16);
    /// <summary>Age String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR AS = Text("AS", 4);
    /// <summary>Attribute Tag (PS3.5 section 6.2).</summary>
    public static readonly DicomVR AT = Binary("AT", 4, swap: 2);
    /// <summary>Code String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR CS = Text("CS", 16);
    /// <summary>Date (PS3.5 section 6.2).</summary>
    public static readonly DicomVR DA = Text("DA", 8);
    /// <summary>Decimal String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR DS = Text("DS", 16);
    /// <summary>Date Time (PS3.5 section 6.2).</summary>
    public static readonly DicomVR DT = Text("DT", 26);
    /// <summary>Floating Point Double (PS3.5 section 6.2).</summary>
    public static readonly DicomVR FD = Binary("FD", 8);
    /// <summary>Floating Point Single (PS3.5 section 6.2).</summary>
    public static readonly DicomVR FL = Binary("FL", 4);
    /// <summary>Integer String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR IS = Text("IS", 12);
    /// <summary>Long String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR LO = Text("LO", 64, encoded: true);
    /// <summary>Long Text (PS3.5 section 6.2).</summary>
    public static readonly DicomVR LT = Text("LT", 10_240, encoded: true, single: true);
    /// <summary>Other Byte (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OB = Bulk("OB", 1);
    /// <summary>Other Double (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OD = Bulk("OD", 8);
    /// <summary>Other Float (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OF = Bulk("OF", 4);
    /// <summary>Other Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OL = Bulk("OL", 4);
    /// <summary>Other 64-bit Very Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OV = Bulk("OV", 8);
    /// <summary>Other Word (PS3.5 section 6.2).</summary>
    public static readonly DicomVR OW = Bulk("OW", 2);
    /// <summary>Person Name (PS3.5 section 6.2).</summary>
    public static readonly DicomVR PN = Text("PN", 64, encoded: true);
    /// <summary>Short String (PS3.5 section 6.2).</summary>
    public static readonly DicomVR SH = Text("SH", 16, encoded: true);
    /// <summary>Signed Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR SL = Binary("SL", 4);
    /// <summary>Sequence of Items (PS3.5 section 6.2).</summary>
    public static readonly DicomVR SQ = new("SQ") { UnitSize = 0 };
    /// <summary>Signed Short (PS3.5 section 6.2).</summary>
    public static readonly DicomVR SS = Binary("SS", 2);
    /// <summary>Short Text (PS3.5 section 6.2).</summary>
    public static readonly DicomVR ST = Text("ST", 1_024, encoded: true, single: true);
    /// <summary>Signed 64-bit Very Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR SV = new("SV") { UnitSize = 8, IsMultiValue = true };
    /// <summary>Time (PS3.5 section 6.2).</summary>
    public static readonly DicomVR TM = Text("TM", 14);
    /// <summary>Unlimited Characters (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UC = LongText("UC", multi: true, encoded: true);
    /// <summary>Unique Identifier (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UI = Text("UI", 64, padding: 0);
    /// <summary>Unsigned Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UL = Binary("UL", 4);
    /// <summary>Unknown (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UN = Bulk("UN", 1);
    /// <summary>Universal Resource Identifier (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UR = LongText("UR", multi: false, encoded: false);
    /// <summary>Unsigned Short (PS3.5 section 6.2).</summary>
    public static readonly DicomVR US = Binary("US", 2);
    /// <summary>Unlimited Text (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UT = LongText("UT", multi: false, encoded: true);
    /// <summary>Unsigned 64-bit Very Long (PS3.5 section 6.2).</summary>
    public static readonly DicomVR UV = new("UV") { UnitSize = 8, IsMultiValue = true };

    private static readonly Dictionary<string, DicomVR> Known = ((DicomVR[])
        [AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN,
            UR, US, UT, UV])
        .ToDictionary(vr => vr.Code, StringComparer.Ordinal);

    private static readonly Dictionary<ushort, DicomVR> ByLetters = Known.Values.ToDictionary(vr => vr.Letters);

    private DicomVR(string code) => (Code, Letters) = (code, BinaryPrimitives.ReadUInt16LittleEndian(Encoding.ASCII.GetBytes(code)));

    /// <summary>Its two letters (PS3.5 section 6.2).</summary>
    public string Code { get; }

    /// <summary>Values are text (PS3.5 section 6.2).</summary>
    public bool IsString { get; private init; }

    /// <summary>Text in the data set's character set rather than plain ASCII (PS3.5 section 6.1.2).</summary>
    public bool IsStringEncoded { get; private init; }

    /// <summary>Whether the length field in explicit VR has 16 bits (PS3.5 section 7.1.2); otherwise it has 32.</summary>
    public bool Is16bitLength { get; private init; }

    /// <summary>An element may have several values (PS3.5 section 6.4).</summary>
    public bool IsMultiValue { get; private init; }

    /// <summary>The byte that pads a value to even length: a space for text, zero for UI and bytes (PS3.5 section 6.2).</summary>
    public byte PaddingValue { get; private init; }

    /// <summary>Most characters of one value, for PN of one component group; 0 if the VR sets no limit (PS3.5 section 6.2).</summary>
    public uint MaximumLength { get; private init; }

    /// <summary>Bytes of one binary value; 1 for text (PS3.5 section 6.2).</summary>
    public int UnitSize { get; private init; } = 1;

    /// <summary>Size in bytes of the units that are reversed when the byte order changes.</summary>
    internal int SwapSize { get => field == 0 ? UnitSize : field; private init; }

    /// <summary>The two letters as stored in explicit VR, read as a little endian number.</summary>
    internal ushort Letters { get; }

    /// <summary>The VR of these two letters (PS3.5 section 6.2).</summary>
    /// <exception cref="DicomDataException">No such value representation.</exception>
    public static DicomVR Parse(string vr) => TryParse(vr, out var result) ? result : throw new DicomDataException($"'{vr}' is no VR.");

    /// <summary>The VR of these two letters (PS3.5 section 6.2).</summary>
    public static bool TryParse(string vr, [MaybeNullWhen(false)] out DicomVR result) => Known.TryGetValue(vr, out result);

    internal static DicomVR? Find(ushort letters) => ByLetters.GetValueOrDefault(letters);

    public override string ToString() => Code;

    private static DicomVR Text(string code, uint length, bool encoded = false, bool single = false, byte padding = (byte)' ') => new(code)
    {
        IsString = true, IsStringEncoded = encoded, Is16bitLength = true, IsMultiValue = !single, PaddingValue = padding,
        MaximumLength = length,
    };

    private static DicomVR LongText(string code, bool multi, bool encoded) => new(code)
    {
        IsString = true, IsStringEncoded = encoded, IsMultiValue = multi, PaddingValue = (byte)' ',
    };

    private static DicomVR Binary(string code, int unit, int swap = 0) => new(code)
    {
        UnitSize = unit, SwapSize = swap, Is16bitLength = true, IsMultiValue = true,
    };

    private static DicomVR Bulk(string code, int unit) => new(code) { UnitSize = unit };
}
