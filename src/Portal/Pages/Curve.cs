namespace Gateway.Portal.Pages;

/// <summary>A line of a <see cref="Chart"/>.</summary>
/// <param name="Points">Finite values, by step.</param>
public sealed record Curve(string Name, IReadOnlyList<(int Step, double Value)> Points);
