using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Gateway.TranslationWorker;

/// <summary>A data set in XML (PS3.19 A.1, Native DICOM Model) as one in JSON (PS3.18 F): some servers answer in XML whatever they are
/// asked for.</summary>
internal static class NativeModel
{
    /// <summary>A store answer has two: the sequence, and what its items say.</summary>
    private const int Levels = 4;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <returns>Null when the text is none.</returns>
    public static JsonObject? ToJson(ReadOnlyMemory<byte> xml)
    {
        try
        {
            using var stream = new MemoryStream(xml.ToArray());
            using var reader = XmlReader.Create(stream, Settings);
            return XDocument.Load(reader).Root is { Name.LocalName: "NativeDicomModel" } root ? DataSet(root, Levels) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Names count without their namespace, which servers leave out; of an attribute that comes twice the last counts.</summary>
    private static JsonObject DataSet(XElement of, int levels)
    {
        var dataset = new JsonObject();
        foreach (var attribute in Named(of, "DicomAttribute"))
            if (attribute.Attribute("tag")?.Value is { Length: > 0 } tag)
                dataset[tag.ToUpperInvariant()] = new JsonObject { ["Value"] = Values(attribute, levels) };
        return dataset;
    }

    private static JsonArray Values(XElement attribute, int levels) =>
        Named(attribute, "Item").ToList() is { Count: > 0 } items
            ? [.. items.Select(item => levels > 1 ? DataSet(item, levels - 1) : [])]
            : [.. Named(attribute, "Value").Select(value => JsonValue.Create(value.Value.Trim()))];

    private static IEnumerable<XElement> Named(XElement of, string name) => of.Elements().Where(element => element.Name.LocalName == name);
}
