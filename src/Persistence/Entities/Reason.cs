namespace Gateway.Persistence;

/// <summary>Why: a kebab-case code a program knows and a sentence a person can read. Never patient data.</summary>
public sealed record Reason(string Code, string Text);
