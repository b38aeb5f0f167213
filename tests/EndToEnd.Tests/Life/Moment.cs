namespace Gateway.EndToEnd.Tests.Life;

/// <summary>How far a study had come when a late image of it arrived.</summary>
internal enum Moment
{
    Received,
    Queued,
    Translating,
    Translated,
    Delivering,
    Delivered,
    Held,
    Failed,
}
