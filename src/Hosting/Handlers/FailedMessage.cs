using System.Text.Json;
using Gateway.Contracts.Reasons;
using MassTransit;

namespace Gateway.Hosting;

/// <summary>What a failed message was. Read from its bytes, since the bytes may be what could not be read.</summary>
internal sealed record FailedMessage
{
    private const string Urn = "urn:message:";

    public required string Endpoint { get; init; }
    public required Guid? MessageId { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required Guid? SeriesId { get; init; }
    public required Guid? StudyId { get; init; }
    public required Reason Reason { get; init; }

    public static FailedMessage Read(ExceptionReceiveContext context)
    {
        var bytes = context.Body.GetString();
        var envelope = Parse(bytes);
        var message = Member(envelope, "message");
        return new FailedMessage
        {
            Endpoint = UrgentQueue.Base(context.InputAddress.Segments[^1]),
            MessageId = GuidOf(envelope, "messageId"),
            Type = TypeOf(envelope),
            Body = message?.GetRawText() ?? bytes,
            SeriesId = GuidOf(message, "seriesId"),
            StudyId = GuidOf(message, "studyId"),
            Reason = ReasonOf(context.Exception),
        };
    }

    private static Reason ReasonOf(Exception exception)
    {
        if (exception is PermanentFailureException permanent)
            return permanent.Reason;
        const string suffix = "Exception";
        var name = exception.GetType().Name;
        var kind = Kebab.Of(name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name);
        return Reason.OfError(kind, TextOf(exception));
    }

    // The message of an exception may quote a path or a value. Only the names of exceptions and of our code are shown.
    private static string TextOf(Exception exception)
    {
        var names = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            names.Add(inner.GetType().Name);
        var thrower = exception.TargetSite;
        var where = thrower is null ? "" : $" in {thrower.DeclaringType?.Name}.{thrower.Name}";
        return $"{string.Join(", caused by ", names)}{where}.";
    }

    private static string TypeOf(JsonElement? envelope)
    {
        if (Member(envelope, "messageType") is not { ValueKind: JsonValueKind.Array } types || types.GetArrayLength() == 0)
            return "unknown";
        var urn = types[0].GetString() ?? "unknown";
        return urn.StartsWith(Urn, StringComparison.Ordinal) ? urn[Urn.Length..].Replace(':', '.') : urn;
    }

    private static JsonElement? Parse(string bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    private static Guid? GuidOf(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.TryGetGuid(out var id) ? id : null;
}
