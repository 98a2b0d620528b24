using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PcBench.ServiceTests;

/// <summary>What a backend keeps its results in.</summary>
public enum Store
{
    /// <summary>One process: SQLite and a folder.</summary>
    Embedded,

    /// <summary>Several replicas: PostgreSQL, Redis, and an object store where the environment names one.</summary>
    Replicated,
}

/// <summary>The theory holds on every store; its first parameter says which.</summary>
/// <param name="values">Its other parameters.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryStoreAttribute(params object?[] values) : DataAttribute
{
    private readonly object?[] values = values;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Enum.GetValues<Store>().Select(store => new TheoryDataRow([store, .. values]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
