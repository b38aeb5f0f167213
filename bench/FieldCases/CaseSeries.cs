namespace Gateway.FieldCases;

/// <summary>One series of a study as the API shows it.</summary>
/// <param name="Codes">Of its reasons.</param>
/// <param name="Texts">Of its reasons.</param>
/// <param name="Aside">What is said of images that were set aside.</param>
/// <param name="Pictures">Paths of its pictures.</param>
internal sealed record CaseSeries(
    string Uid, string? Modality, bool IsDerived, string State, int Images, IReadOnlyList<string> Codes, IReadOnlyList<string> Texts,
    IReadOnlyList<string> Aside, IReadOnlyList<string> Pictures);
