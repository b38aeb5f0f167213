using System.Reflection;
using Gateway.Persistence;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Gateway.Testing;

/// <summary>Runs a theory that takes a <see cref="DatabaseProvider"/> on each of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseProvider>().Select(provider => new TheoryDataRow(provider))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
