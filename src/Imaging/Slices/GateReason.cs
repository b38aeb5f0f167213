namespace Gateway.Imaging.Slices;

/// <summary>Why a registration is not trusted: a kebab-case code and the figures in words.</summary>
public sealed record GateReason(string Code, string Text);
