using System.Text.Json;

namespace Gateway.DicomListener;

/// <summary>The answer to a store request: which objects are kept and which are not, as a data set in JSON (PS3.18 table 10.5.3-2).
/// </summary>
internal sealed class StowAnswer(IReadOnlyList<StowOutcome> outcomes, string studies) : IResult
{
    private const string ContentType = "application/dicom+json";
    private const string Failed = "00081198";
    private const string Stored = "00081199";
    private const string FailureReason = "00081197";
    private const string WarningReason = "00081196";
    private const string ReferencedSopClass = "00081150";
    private const string ReferencedSopInstance = "00081155";
    private const string RetrieveUrl = "00081190";

    /// <summary>200 when all are kept, 409 when none is, 202 for some (PS3.18 table 10.5.3-1).</summary>
    private int Status => outcomes.All(o => o.IsStored) ? StatusCodes.Status200OK
        : outcomes.Any(o => o.IsStored) ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType) = (Status, ContentType);
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartArray();
        json.WriteStartObject();
        WriteValue(json, RetrieveUrl, "UR", studies);
        WriteAll(json, Failed, outcomes.Where(o => !o.IsStored));
        WriteAll(json, Stored, outcomes.Where(o => o.IsStored));
        json.WriteEndObject();
        json.WriteEndArray();
        await json.FlushAsync(httpContext.RequestAborted);
    }

    private static void WriteAll(Utf8JsonWriter json, string sequence, IEnumerable<StowOutcome> outcomes)
    {
        var items = outcomes.ToList();
        if (items.Count == 0)
            return;
        json.WriteStartObject(sequence);
        json.WriteString("vr", "SQ");
        json.WriteStartArray("Value");
        foreach (var outcome in items)
        {
            json.WriteStartObject();
            WriteValue(json, ReferencedSopClass, "UI", outcome.SopClassUid?.Value);
            WriteValue(json, ReferencedSopInstance, "UI", outcome.SopInstanceUid?.Value);
            if (outcome.Status != 0)
                WriteReason(json, outcome.IsStored ? WarningReason : FailureReason, outcome.Status);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, string tag, ushort status)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", "US");
        json.WriteStartArray("Value");
        json.WriteNumberValue(status);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string tag, string vr, string? value)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", vr);
        if (value is not null)
        {
            json.WriteStartArray("Value");
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
