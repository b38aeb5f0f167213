using System.Net;

namespace Gateway.TranslationWorker;

/// <summary>A peer's answer to a store request (PS3.18 10.5.3).</summary>
/// <param name="Text">Our own words; of what the peer says only codes and UIDs are taken.</param>
internal sealed record StowAnswer(StowFate Fate, string Text)
{
    /// <summary>Its HTTP status; null where there is none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>What it says of each instance; null where it says nothing that can be read.</summary>
    public StowReport? Report { get; init; }

    public static StowAnswer Of(HttpStatusCode status, StowReport? report) =>
        new(FateOf(status, report), $"The destination answered HTTP {(int)status}.") { Status = status, Report = report };

    public DeliveryVerdict Of(OutgoingInstance instance) => Fate switch
    {
        StowFate.Told => Told(instance),
        StowFate.Refused => new(instance, DeliveryOutcome.Refused, Text: Text),
        _ => new(instance, DeliveryOutcome.AgainLater, Text: Text),
    };

    /// <summary>400 and 409 are of the instances, unless the peer named them: 400 may be one that cannot be parsed. What is said of the
    /// address, of our rights or of the peer's state says nothing of them.</summary>
    private static StowFate FateOf(HttpStatusCode status, StowReport? report) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => StowFate.Told,
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict => report is { IsEmpty: false } ? StowFate.Told : StowFate.Refused,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity =>
            StowFate.Refused,
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => StowFate.Broken,
        _ => StowFate.Away,
    };

    private DeliveryVerdict Told(OutgoingInstance instance)
    {
        if (Report?.Find(instance.SopInstanceUid) is { } said)
            return new(instance, said.Outcome, said.Code, said.Outcome == DeliveryOutcome.Delivered ? null : Text);
        // 202 says that not all was well, and a report that names others does not mean this one.
        var isStored = Status != HttpStatusCode.Accepted && Report is not { IsEmpty: false };
        return isStored
            ? new(instance, DeliveryOutcome.Delivered)
            : new(instance, DeliveryOutcome.AgainLater, Text: $"{Text} It did not say what became of the image.");
    }
}
