using Gateway.Contracts.Reasons;

namespace Gateway.Hosting;

/// <summary>The message would fail in the same way every time: it is parked for an operator, and not tried again.</summary>
/// <param name="code">Why, by the table of reasons.</param>
/// <param name="text">A sentence for people. Never patient data.</param>
public sealed class PermanentFailureException(ReasonCode code, string text) : Exception(text)
{
    public Reason Reason { get; } = code.Because(text);
}
