using System.Text;
using System.Text.Json;

namespace Gateway.TranslationWorker;

/// <summary>The data set of a store answer (PS3.18 10.5.3.3, I.2) in DICOM JSON (PS3.18 F) or XML: what became of which instance.</summary>
internal sealed class StowReport
{
    private const string ReferencedSopSequence = "00081199";
    private const string FailedSopSequence = "00081198";
    private const string ReferencedSopInstanceUid = "00081155";
    private const string WarningReason = "00081196";
    private const string FailureReason = "00081197";

    private readonly Dictionary<string, (DeliveryOutcome Outcome, int? Code)> _said = [];

    private StowReport(JsonElement root)
    {
        foreach (var item in Items(root, ReferencedSopSequence))
            Add(item, (DeliveryOutcome.Delivered, Number(item, WarningReason) ?? 0));
        foreach (var item in Items(root, FailedSopSequence))
            Add(item, Number(item, FailureReason) is { } reason
                ? (StowStatus.OutcomeOf(reason), reason)
                : (DeliveryOutcome.AgainLater, null));
    }

    public bool IsEmpty => _said.Count == 0;

    /// <returns>Null when the text is none.</returns>
    public static StowReport? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1)    // in a list, as a search answers
                root = root[0];
            return root.ValueKind == JsonValueKind.Object ? new(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static StowReport? ParseXml(ReadOnlyMemory<byte> xml) =>
        NativeModel.ToJson(xml) is { } dataset ? Parse(Encoding.UTF8.GetBytes(dataset.ToJsonString())) : null;

    /// <returns>Whether one of the data sets of a search's answer has the UID; null where that is none.</returns>
    public static bool? Names(ReadOnlyMemory<byte> json, string tag, string uid)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? document.RootElement.EnumerateArray().Any(match =>
                    First(match, tag) is { ValueKind: JsonValueKind.String } value && value.GetString() == uid)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public (DeliveryOutcome Outcome, int? Code)? Find(string sopInstanceUid) =>
        _said.TryGetValue(sopInstanceUid, out var said) ? said : null;

    private void Add(JsonElement item, (DeliveryOutcome Outcome, int? Code) said)
    {
        if (First(item, ReferencedSopInstanceUid) is { ValueKind: JsonValueKind.String } uid)
            _said[uid.GetString()!.Trim(' ', '\0')] = said;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string tag) =>
        Values(of, tag)?.EnumerateArray() ?? default;

    private static int? Number(JsonElement of, string tag) => First(of, tag) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetUInt16(out var value) => value,
        { ValueKind: JsonValueKind.String } text when ushort.TryParse(text.GetString(), out var value) => value,
        _ => null,
    };

    private static JsonElement? First(JsonElement of, string tag) =>
        Values(of, tag) is { } values && values.GetArrayLength() > 0 ? values[0] : null;

    private static JsonElement? Values(JsonElement of, string tag) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(tag, out var element) && element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array
            ? values
            : null;
}
