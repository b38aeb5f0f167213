namespace Gateway.TranslationWorker;

/// <summary>What a destination is asked for.</summary>
/// <param name="SeriesInstanceUid">Null: the study is enough.</param>
public sealed record SourceQuestion(string StudyInstanceUid, string? SeriesInstanceUid);
