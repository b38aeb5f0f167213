using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.Dicom;

/// <summary>Reads an element's bytes as .NET values.</summary>
internal static class DicomValues
{
    private static readonly string[] DateFormats = ["yyyyMMdd", "yyyy.MM.dd"];
    private static readonly string[] TimeFormats = ["HHmmss.FFFFFF", "HHmmss", "HHmm", "HH", "HH:mm:ss"];
    private static readonly string[] DateTimeFormats =
        ["yyyyMMddHHmmss.FFFFFF", "yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMddHH", "yyyyMMdd", "yyyyMM", "yyyy"];

    public static object One(DicomElement element, int index, Type type)
    {
        if (type == typeof(IByteBuffer)) return element.Buffer;
        try
        {
            return element.ValueRepresentation.IsString
                ? FromText(At(element.Texts(), index), element.ValueRepresentation, type)
                : FromBytes(element.Data(), element.ValueRepresentation, index, type);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw No(type, element, e);
        }
    }

    public static Array Array(DicomElement element, Type type)
    {
        try
        {
            return element.ValueRepresentation.IsString ? FromTexts(element.Texts(), element.ValueRepresentation, type)
                : type == typeof(IByteBuffer) ? new[] { element.Buffer } : FromBytes(element.Data(), element.ValueRepresentation, type);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw No(type, element, e);
        }
    }

    private static DicomDataException No(Type type, DicomElement element, Exception e) =>
        new($"{element} has a value that is no {type.Name}.", e);

    private static Array FromTexts(string[] texts, DicomVR vr, Type type)
    {
        if (type == typeof(string)) return texts;
        var values = System.Array.CreateInstance(type, texts.Length);
        for (var i = 0; i < texts.Length; i++) values.SetValue(FromText(texts[i], vr, type), i);
        return values;
    }

    private static Array FromBytes(byte[] bytes, DicomVR vr, Type type)
    {
        if (!vr.IsMultiValue && Bulk(bytes, type) is { } bulk) return bulk;
        var values = System.Array.CreateInstance(type, bytes.Length / (vr.IsMultiValue ? vr.UnitSize : Size(BulkUnit(type))));
        for (var i = 0; i < values.Length; i++) values.SetValue(FromBytes(bytes, vr, i, type), i);
        return values;
    }

    private static object FromBytes(byte[] bytes, DicomVR vr, int index, Type type)
    {
        if (vr == DicomVR.AT) return type == typeof(string) ? TagOf(bytes, index).ToString() : Fitting(TagOf(bytes, index), type);
        return FromNumber(Number(bytes, vr.IsMultiValue ? vr.Code : BulkUnit(type), index), type);
    }

    /// <summary>Pixels come by the hundred thousand, so the common types are copied as a block.</summary>
    private static Array? Bulk(ReadOnlySpan<byte> bytes, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => bytes.ToArray(),
        TypeCode.UInt16 when BitConverter.IsLittleEndian => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(),
        TypeCode.Int16 when BitConverter.IsLittleEndian => MemoryMarshal.Cast<byte, short>(bytes).ToArray(),
        _ => null,
    };

    private static string At(string[] values, int index) =>
        index < values.Length ? values[index] : throw new DicomDataException($"There is no value number {index + 1}.");

    private static object FromText(string text, DicomVR vr, Type type)
    {
        if (type == typeof(string) || type == typeof(object)) return text;
        if (type == typeof(DicomUID)) return DicomUID.Parse(text);
        if (type == typeof(DicomTransferSyntax)) return DicomTransferSyntax.Parse(text);
        if (type == typeof(DateTime)) return Moment(text, vr);
        if (type.IsEnum) return Enum.Parse(type, text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        if (type == typeof(decimal)) return decimal.Parse(DicomNumber.WithPoint(text), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (type == typeof(double)) return double.Parse(DicomNumber.WithPoint(text), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (type == typeof(float)) return float.Parse(DicomNumber.WithPoint(text), NumberStyles.Float, CultureInfo.InvariantCulture);
        return DicomNumber.TryInteger(text, out long number) ? FromNumber(number, type) : throw new FormatException();
    }

    private static DateTime Moment(string text, DicomVR vr)
    {
        var formats = vr == DicomVR.DA ? DateFormats : vr == DicomVR.TM ? TimeFormats : DateTimeFormats;
        var local = vr == DicomVR.DT && text.IndexOfAny(['+', '-']) is var zone and > 0 ? text[..zone] : text;
        var style = vr == DicomVR.TM ? DateTimeStyles.NoCurrentDateDefault : DateTimeStyles.None;
        return DateTime.ParseExact(local, formats, CultureInfo.InvariantCulture, style);
    }

    private static object FromNumber(object number, Type type)
    {
        if (type == typeof(object)) return number;
        if (type.IsEnum) return Enum.ToObject(type, number);
        return type == typeof(string) || type.IsPrimitive || type == typeof(decimal)
            ? Convert.ChangeType(number, type, CultureInfo.InvariantCulture) : throw new InvalidCastException();
    }

    private static object Number(ReadOnlySpan<byte> bytes, string unit, int index)
    {
        var size = Size(unit);
        if (((long)index + 1) * size > bytes.Length) throw new DicomDataException($"There is no value number {index + 1}.");
        var value = bytes[(index * size)..];
        return unit switch
        {
            "US" or "OW" => (object)BinaryPrimitives.ReadUInt16LittleEndian(value),
            "SS" => (object)BinaryPrimitives.ReadInt16LittleEndian(value),
            "UL" or "OL" => (object)BinaryPrimitives.ReadUInt32LittleEndian(value),
            "SL" => (object)BinaryPrimitives.ReadInt32LittleEndian(value),
            "UV" or "OV" => (object)BinaryPrimitives.ReadUInt64LittleEndian(value),
            "SV" => (object)BinaryPrimitives.ReadInt64LittleEndian(value),
            "FL" or "OF" => (object)BinaryPrimitives.ReadSingleLittleEndian(value),
            "FD" or "OD" => (object)BinaryPrimitives.ReadDoubleLittleEndian(value),
            _ => (object)value[0],
        };
    }

    /// <summary>The unit of bulk values does not matter: they are read in units of the type that is asked for.</summary>
    private static string BulkUnit(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.UInt16 => "US",
        TypeCode.Int16 => "SS",
        TypeCode.UInt32 => "UL",
        TypeCode.Int32 => "SL",
        TypeCode.UInt64 => "UV",
        TypeCode.Int64 => "SV",
        TypeCode.Single => "FL",
        TypeCode.Double => "FD",
        _ => "OB",
    };

    private static int Size(string unit) => DicomVR.Parse(unit).UnitSize;

    private static DicomTag TagOf(byte[] bytes, int index) => index < bytes.Length / 4
        ? DicomTag.FromNumber(DicomElement.TagAt(bytes, index)) : throw new DicomDataException($"There is no value number {index + 1}.");

    private static object Fitting<T>(T value, Type type) where T : notnull =>
        type.IsAssignableFrom(typeof(T)) ? value : throw new InvalidCastException();
}
