using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>States, rules and results in words an operator reads without a manual.</summary>
internal static class Sentences
{
    public static string State(string state) => state switch
    {
        "receiving" => "Images may still be coming.",
        "received" => "All images are here; the work on them has not finished.",
        "ineligible" => "Stored and left as it is: no series is one the models were made for.",
        "queued" => "Waiting for a translator.",
        "translating" => "Being translated.",
        "held" => "A quality gate said no; a person may release it.",
        "translated" => "The synthetic series is stored here.",
        "delivering" => "On its way to the destinations.",
        "delivered" => "Every destination accepted it.",
        "failed" => "Something went wrong; the work is parked and can be replayed.",
        "superseded" => "More images came after it was made, or another model made it anew; it is rejected where it lies.",
        _ => "",
    };

    public static string Verdict(VerdictKind kind) => kind switch
    {
        VerdictKind.Accepted => "Accepted",
        VerdictKind.Rejected => "Rejected",
        _ => "Comment",
    };

    public static string? Rule(string? rule) => rule switch
    {
        null => "not complete yet",
        "released-quiet" => "the sender released its association and stayed quiet",
        "aborted-quiet" => "the association broke off and nothing came after it",
        "idle-forced" => "nothing came for so long that waiting was given up",
        "expected-count" => "as many images arrived as were announced",
        "stow-request" => "one web request brought the whole study",
        _ => null,
    };

    public static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    /// <summary>One line a destination: how many of the images it accepted, which wait, which are parked.</summary>
    public static IEnumerable<(string Destination, string Text)> Sent(IEnumerable<Delivery> deliveries) =>
        from delivery in deliveries
        group delivery by delivery.Destination into destination
        orderby destination.Key
        let accepted = destination.Count(d => d.State == DeliveryState.Delivered)
        let waiting = destination.Count(d => d.State == DeliveryState.Pending)
        let parked = destination.Count(d => d.State == DeliveryState.Parked)
        let safe = destination.Count(d => d.CommittedAt is not null)
        let notSafe = destination.Count(d => d.CommitmentFailure is not null)
        select (destination.Key, $"{accepted} of {Count(destination.Count(), "image", "images")} accepted"
            + (waiting > 0 ? $", {waiting} waiting" : "") + (parked > 0 ? $", {parked} parked" : "")
            + (safe > 0 ? $", {safe} kept safe there" : "") + (notSafe > 0 ? $", {notSafe} not kept safe there" : ""));

    /// <summary>What waits for a destination, since when, and what it said last.</summary>
    public static string Waiting(WaitingDeliveries one) =>
        $"{Count(one.Waiting, "image waits", "images wait")} for {one.Destination} since {one.Since?.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
        + (one.TriedAt is { } at
            ? $", {Count(one.Attempts, "try", "tries")}, the last at {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Answer(one.Code, one.Error)}"
            : ".");

    /// <summary>The answers of destinations to images that they did not accept, each answer once.</summary>
    public static IEnumerable<string> Troubles(IEnumerable<Delivery> deliveries) => deliveries
        .Where(d => d.State != DeliveryState.Delivered && (d.DicomStatus is > 0 || !string.IsNullOrEmpty(d.Error)))
        .Select(d => Answer(d.DicomStatus, d.Error))
        .Distinct();

    public static string Answer(int? status, string? error) =>
        string.Join(", ", new[] { status is > 0 ? $"status {status:X4}" : null, error }.OfType<string>());

    /// <summary>The end of one of our own ids: tells rows and tabs apart.</summary>
    public static string Short(Guid id) => $"{id}"[^8..];

    /// <summary>Hours and minutes, or what is less.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{span.Days} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{Math.Max(0, span.Seconds)} s",
    };
}
