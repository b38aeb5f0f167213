namespace Gateway.Contracts.Trials;

/// <summary>The mean figures of one way to translate on one set of slices.</summary>
/// <param name="Set"><c>phantoms</c> or <c>test subjects</c>.</param>
/// <param name="Method"><c>candidate</c>, <c>champion</c>, or a baseline's name.</param>
/// <param name="Figures">By name, such as <c>error</c>.</param>
public sealed record TrialMethod(string Set, string Method, IReadOnlyDictionary<string, double> Figures);
