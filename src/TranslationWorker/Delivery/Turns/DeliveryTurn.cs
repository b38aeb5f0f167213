namespace Gateway.TranslationWorker;

/// <summary>Whether a series goes to a destination now.</summary>
/// <param name="Slot">Held while it is sent; null: not now.</param>
/// <param name="Later">When to ask again, then.</param>
public sealed record DeliveryTurn(IDisposable? Slot, TimeSpan Later);
