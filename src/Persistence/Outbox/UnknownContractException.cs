namespace Gateway.Persistence;

/// <summary>A name that no message of this version bears.</summary>
public sealed class UnknownContractException(string name)
    : Exception($"'{name}' is not a contract of this version of the gateway.")
{
    public string ContractName { get; } = name;
}
