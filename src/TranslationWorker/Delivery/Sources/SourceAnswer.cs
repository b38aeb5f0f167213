namespace Gateway.TranslationWorker;

/// <summary>A destination's answer to a <see cref="SourceQuestion"/>.</summary>
/// <param name="IsThere">Null: it did not say.</param>
/// <param name="Code">Its answer in the numbers of the protocol, where it is no yes and no no.</param>
/// <param name="Text">Its words, or why it was not asked.</param>
public sealed record SourceAnswer(bool? IsThere, int? Code = null, string? Text = null);
