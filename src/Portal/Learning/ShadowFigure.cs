namespace Gateway.Portal;

/// <summary>A figure of live series by a shadow and by the champion beside it.</summary>
/// <param name="Shadow">Mean.</param>
/// <param name="Champion">Mean over the same series.</param>
/// <param name="Series">How many series have it of both.</param>
public sealed record ShadowFigure(string Name, double Shadow, double Champion, int Series);
