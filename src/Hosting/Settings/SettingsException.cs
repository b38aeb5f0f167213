namespace Gateway.Hosting;

/// <summary>The configuration forbids a start. Each fault is a sentence for the person who wrote it.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
