using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Contracts;

namespace Gateway.Persistence;

/// <summary>Every contract by its full name, the name under which the outbox keeps it.</summary>
public static class ContractTypes
{
    private static readonly FrozenDictionary<string, Type> ByName =
        typeof(StudyReceived).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(StudyReceived).Namespace)
            .ToFrozenDictionary(type => type.FullName!);

    /// <summary>How a contract is written in the outbox; the same as on the bus, so that a parked message can be replayed as it
    /// is.</summary>
    public static JsonSerializerOptions Json => JsonSerializerOptions.Web;

    /// <summary>All contracts, by full name.</summary>
    public static IReadOnlyDictionary<string, Type> All => ByName;

    /// <exception cref="UnknownContractException">No contract bears this name.</exception>
    public static Type Resolve(string fullName) =>
        ByName.TryGetValue(fullName, out var type) ? type : throw new UnknownContractException(fullName);

    /// <exception cref="UnknownContractException">The type is not a contract.</exception>
    public static string NameOf(Type type) =>
        type.FullName is { } name && ByName.ContainsKey(name) ? name : throw new UnknownContractException(type.FullName ?? type.Name);
}
