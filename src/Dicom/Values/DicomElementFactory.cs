using System.Buffers.Binary;
using System.Globalization;

namespace Gateway.Dicom;

/// <summary>Makes items from .NET values. The types allowed for each VR are those of fo-dicom, so that code can
/// move between the two.</summary>
internal static class DicomElementFactory
{
    /// <exception cref="DicomDataException">The dictionary does not know the tag; give the VR.</exception>
    public static DicomItem Create<T>(DicomTag tag, T[]? values, bool check)
    {
        var entry = DicomElements.Find(tag.Value) ?? throw new DicomDataException($"{tag} is in no dictionary; name its VR.");
        var vr = entry.Representations.FirstOrDefault(candidate => Fits(candidate, typeof(T))) ?? entry.Representations[0];
        var item = Create(vr, tag, values, check);
        if (check && vr.IsMultiValue && item is DicomElement { Count: var count } && count > entry.MostValues)
            throw new DicomValidationException("", vr, $"{tag} {entry.Keyword} has at most {entry.MostValues} values.");
        return item;
    }

    /// <exception cref="InvalidOperationException">The type does not fit the VR.</exception>
    public static DicomItem Create<T>(DicomVR vr, DicomTag tag, T[]? values, bool check)
    {
        if (vr == DicomVR.SQ) return Sequence(tag, values);
        if (values is null or { Length: 0 }) return vr.IsString ? new DicomElement(tag, vr, "") : Binary(tag, vr, []);
        if (values is IByteBuffer[] buffers && !vr.IsString) return new DicomElement(tag, vr, buffers.Single(), TextEncoding.Default);
        if (!Fits(vr, typeof(T))) throw new InvalidOperationException($"{tag} of VR {vr} cannot be made of {typeof(T).Name}.");
        if (vr.IsString) return new DicomElement(tag, vr, Join(vr, values, check));
        if (values is string[] texts)
            return Create(
                vr, tag, Array.ConvertAll(texts, text => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)), check);
        return Binary(tag, vr, Bytes(vr, values));
    }

    private static DicomElement Binary(DicomTag tag, DicomVR vr, byte[] bytes) => new(tag, vr, bytes, TextEncoding.Default);

    private static DicomSequence Sequence<T>(DicomTag tag, T[]? values) => values switch
    {
        null => new(tag),
        DicomDataset[] items => new(tag, items),
        DicomSequence[] sequences => new(tag, [.. sequences.Single().Items]),
        { Length: 0 } => new(tag),
        _ => throw new InvalidOperationException($"{tag} of VR SQ cannot be made of {typeof(T).Name}."),
    };

    private static bool Fits(DicomVR vr, Type type)
    {
        if (type == typeof(decimal)) return vr == DicomVR.DS || !vr.IsString && vr.IsMultiValue && vr != DicomVR.AT;
        if (type == typeof(string)) return vr.IsString || vr.IsMultiValue && vr != DicomVR.AT;
        return vr.Code switch
        {
            "CS" => type.IsEnum,
            "AT" => type == typeof(DicomTag),
            "DA" or "TM" or "DT" => type == typeof(DateTime),
            "DS" => type == typeof(float) || type == typeof(double),
            "IS" => type == typeof(int),
            "UI" => type == typeof(DicomUID) || type == typeof(DicomTransferSyntax),
            "FL" or "FD" => type == typeof(float) || type == typeof(double),
            "SS" => type == typeof(short),
            "SL" => type == typeof(int),
            "SV" => type == typeof(long),
            "US" or "OW" => type == typeof(ushort),
            "UL" or "OL" => type == typeof(uint),
            "UV" or "OV" => type == typeof(ulong),
            "OB" or "UN" => type == typeof(byte),
            "OF" => type == typeof(float),
            "OD" => type == typeof(double),
            _ => false,
        };
    }

    private static string Join<T>(DicomVR vr, T[] values, bool check)
    {
        var texts = Array.ConvertAll(values, value => Text(vr, value));
        if (vr.IsMultiValue) texts = [.. texts.SelectMany(text => text.Split('\\'))];
        foreach (var text in check ? texts : []) DicomValueRules.Check(vr, text);
        return string.Join('\\', texts);
    }

    private static string Text<T>(DicomVR vr, T value) => value switch
    {
        null => "",
        string text => text,
        DicomUID uid => uid.UID,
        DicomTransferSyntax syntax => syntax.UID.UID,
        DateTime moment => moment.ToString(
            vr.Code switch { "DA" => "yyyyMMdd", "TM" => "HHmmss.FFFFFF", _ => "yyyyMMddHHmmss.FFFFFF" }, CultureInfo.InvariantCulture),
        double number => Decimal(number),
        float number => Decimal(number),
        decimal number => Decimal((double)number),
        Enum name => name.ToString().ToUpperInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>The nearest decimal text of at most 16 characters, which is what DS allows.</summary>
    private static string Decimal(double number)
    {
        if (!double.IsFinite(number)) throw new DicomValidationException("", DicomVR.DS, "A value of VR DS must be finite.");
        for (var digits = 17; ; digits--)
        {
            var text = number.ToString($"G{digits}", CultureInfo.InvariantCulture);
            if (text.Length <= 16) return text;
        }
    }

    private static byte[] Bytes<T>(DicomVR vr, T[] values)
    {
        if (values is byte[] bytes) return bytes;
        var result = new byte[values.Length * vr.UnitSize];
        for (var i = 0; i < values.Length; i++) Put(result.AsSpan(i * vr.UnitSize), vr, values[i]!);
        return result;
    }

    private static void Put(Span<byte> to, DicomVR vr, object value)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (vr.Code)
        {
            case "US" or "OW": BinaryPrimitives.WriteUInt16LittleEndian(to, Convert.ToUInt16(value, culture)); break;
            case "SS": BinaryPrimitives.WriteInt16LittleEndian(to, Convert.ToInt16(value, culture)); break;
            case "UL" or "OL": BinaryPrimitives.WriteUInt32LittleEndian(to, Convert.ToUInt32(value, culture)); break;
            case "SL": BinaryPrimitives.WriteInt32LittleEndian(to, Convert.ToInt32(value, culture)); break;
            case "UV" or "OV": BinaryPrimitives.WriteUInt64LittleEndian(to, Convert.ToUInt64(value, culture)); break;
            case "SV": BinaryPrimitives.WriteInt64LittleEndian(to, Convert.ToInt64(value, culture)); break;
            case "FL" or "OF": BinaryPrimitives.WriteSingleLittleEndian(to, Convert.ToSingle(value, culture)); break;
            case "FD" or "OD": BinaryPrimitives.WriteDoubleLittleEndian(to, Convert.ToDouble(value, culture)); break;
            case "AT":
                BinaryPrimitives.WriteUInt16LittleEndian(to, ((DicomTag)value).Group);
                BinaryPrimitives.WriteUInt16LittleEndian(to[2..], ((DicomTag)value).Element);
                break;
        }
    }
}
