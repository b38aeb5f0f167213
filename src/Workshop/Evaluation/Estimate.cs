namespace Gateway.Workshop.Evaluation;

/// <summary>A mean and its 95 % interval, by bootstrap over subjects.</summary>
public sealed record Estimate(double Mean, double Low, double High);
