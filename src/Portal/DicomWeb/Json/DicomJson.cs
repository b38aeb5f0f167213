using System.Globalization;
using System.Text.Json;

namespace Gateway.Portal.DicomWeb;

/// <summary>Data sets in the DICOM JSON model (PS3.18 annex F). The text is UTF-8, whatever the data set was in. What is large is left out
/// and named by an address.</summary>
/// <param name="json">Written to; whoever owns it flushes.</param>
/// <param name="bulkDataRoot">Address below which the large values of the instance are; null: these are not mentioned.</param>
internal sealed class DicomJson(Utf8JsonWriter json, string? bulkDataRoot)
{
    /// <summary>Bytes of a value that is written in place.</summary>
    private const int MostInline = 1_024;

    private static readonly string[] NameGroups = ["Alphabetic", "Ideographic", "Phonetic"];

    /// <summary>Writes one object: the items in the order they come.</summary>
    public void Write(IEnumerable<DicomItem> items) => Write(items, "");

    public static string Name(DicomTag tag) => string.Create(CultureInfo.InvariantCulture, $"{tag.Group:X4}{tag.Element:X4}");

    /// <summary>Whether its bytes are fetched by an address rather than written in place.</summary>
    public static bool IsBulk(DicomItem item) =>
        item is DicomFragmentSequence || item.Tag == DicomTag.PixelData
            || (item is DicomElement { Length: > MostInline } element && IsBytes(element.ValueRepresentation));

    /// <param name="path">Of the item that holds them: <c>TAG/0/</c> for each sequence around it.</param>
    private void Write(IEnumerable<DicomItem> items, string path)
    {
        json.WriteStartObject();
        foreach (var item in items)
            if (IsWritten(item))
                WriteItem(item, path + Name(item.Tag));
        json.WriteEndObject();
    }

    /// <summary>Group lengths and the file's meta information are no part of a data set.</summary>
    private bool IsWritten(DicomItem item) => item.Tag.Element != 0 && item.Tag.Group > 2 && (bulkDataRoot is not null || !IsBulk(item));

    private void WriteItem(DicomItem item, string path)
    {
        json.WriteStartObject(Name(item.Tag));
        json.WriteString("vr", item.ValueRepresentation.Code);
        if (IsBulk(item))
            json.WriteString("BulkDataURI", bulkDataRoot + path);
        else if (item is DicomSequence sequence)
            WriteItems(sequence, path);
        else if (item is DicomElement { Length: > 0 } element)
            WriteValue(element);
        json.WriteEndObject();
    }

    private void WriteItems(DicomSequence sequence, string path)
    {
        if (sequence.Items.Count == 0)
            return;
        json.WriteStartArray("Value");
        for (var i = 0; i < sequence.Items.Count; i++)
            Write(sequence.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}/"));
        json.WriteEndArray();
    }

    private void WriteValue(DicomElement element)
    {
        if (element.Tag == DicomTag.SpecificCharacterSet)
            WriteCharacterSet();
        else if (IsBytes(element.ValueRepresentation))
            json.WriteBase64String("InlineBinary", element.Buffer.Data);
        else if (element.ValueRepresentation.IsString)
            WriteTexts(element);
        else
            WriteNumbers(element);
    }

    /// <summary>JSON is in no other (PS3.18 section F.2).</summary>
    private void WriteCharacterSet()
    {
        json.WriteStartArray("Value");
        json.WriteStringValue("ISO_IR 192");
        json.WriteEndArray();
    }

    private void WriteTexts(DicomElement element)
    {
        var texts = element.Get<string[]>();
        if (texts.Length == 0 || texts is [""])
            return;
        json.WriteStartArray("Value");
        foreach (var text in texts)
            if (text.Length == 0)
                json.WriteNullValue();
            else if (element.ValueRepresentation == DicomVR.PN)
                WriteName(text);
            else if (element.ValueRepresentation == DicomVR.DS || element.ValueRepresentation == DicomVR.IS)
                JsonNumber.Write(json, text);
            else
                json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void WriteName(string text)
    {
        json.WriteStartObject();
        foreach (var (name, group) in NameGroups.Zip(text.Split('=')))
            if (group.TrimEnd(' ') is { Length: > 0 } components)
                json.WriteString(name, components);
        json.WriteEndObject();
    }

    private void WriteNumbers(DicomElement element)
    {
        if (element.Count == 0)    // fewer bytes than one number has
            return;
        json.WriteStartArray("Value");
        for (var i = 0; i < element.Count; i++)
            WriteNumber(element, i);
        json.WriteEndArray();
    }

    private void WriteNumber(DicomElement element, int index)
    {
        switch (element.ValueRepresentation.Code)
        {
            case "AT":
                json.WriteStringValue(Name(element.Get<DicomTag>(index)));
                break;
            case "FL":
                JsonNumber.Write(json, element.Get<float>(index));
                break;
            case "FD":
                JsonNumber.Write(json, element.Get<double>(index));
                break;
            case "UV":
                json.WriteNumberValue(element.Get<ulong>(index));
                break;
            default:
                json.WriteNumberValue(element.Get<long>(index));
                break;
        }
    }

    private static bool IsBytes(DicomVR vr) => vr.Code is "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "UN";
}
