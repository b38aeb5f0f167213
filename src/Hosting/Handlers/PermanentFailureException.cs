namespace Gateway.Hosting;

/// <summary>Handling this message fails the same way every time; it is parked for an operator without being tried again.</summary>
/// <param name="code">Kebab-case code, as in <c>Reason</c>.</param>
/// <param name="text">A sentence for people. Never patient data.</param>
public sealed class PermanentFailureException(string code, string text) : Exception(text)
{
    public string Code { get; } = code;
}
