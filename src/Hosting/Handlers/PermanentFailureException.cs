using Gateway.Contracts.Reasons;

namespace Gateway.Hosting;

/// <summary>Handling this message fails the same way every time; it is parked for an operator without being tried again.</summary>
/// <param name="code">Why, by the table of reasons.</param>
/// <param name="text">A sentence for people. Never patient data.</param>
public sealed class PermanentFailureException(ReasonCode code, string text) : Exception(text)
{
    public Reason Reason { get; } = code.Because(text);
}
