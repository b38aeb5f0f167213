namespace Gateway.Persistence;

/// <summary>The right to save the result of some work.</summary>
/// <param name="Work">Which.</param>
/// <param name="Token">Over as soon as the lease has another.</param>
/// <param name="Starts">How often the work was begun without an end, this time included.</param>
public sealed record WorkClaim(Guid Work, Guid Token, int Starts);
