using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>What came of a shadow's translation.</summary>
/// <param name="Champion">Digest of the model beside it.</param>
/// <param name="Measures">By <see cref="ShadowMeasure"/>.</param>
/// <param name="Sheet">Source, champion, shadow and their difference, as PNG.</param>
public sealed record ShadowTranslation(string Champion, IReadOnlyDictionary<string, double> Measures, byte[] Sheet);
