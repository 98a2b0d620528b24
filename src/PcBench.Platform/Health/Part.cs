using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PcBench.Platform.Health;

/// <summary>Something that the service needs and that may be away.</summary>
/// <param name="Name">Short and lower case: <c>redis</c>.</param>
/// <param name="WhenAway">What the service is without it.</param>
/// <param name="Meaning">What that means for the service, in words for anybody: no addresses, no messages of exceptions.</param>
/// <param name="IsUp">Asks, cheaply. Whatever it throws, and no answer within <see cref="PartReports.Patience"/>, means that it is away.</param>
public sealed record Part(string Name, HealthStatus WhenAway, string Meaning, Func<CancellationToken, ValueTask<bool>> IsUp);

/// <summary>How a part was when it was last asked.</summary>
/// <param name="Part">Which.</param>
/// <param name="IsUp">Whether it was there.</param>
public sealed record PartReport(Part Part, bool IsUp)
{
    public HealthStatus Status => IsUp ? HealthStatus.Healthy : Part.WhenAway;
}

/// <summary>A store that may be away.</summary>
public interface IAvailability
{
    /// <summary>Whether it answers. It is asked only where nobody has asked it for anything for a few seconds.</summary>
    ValueTask<bool> IsUpAsync(CancellationToken cancel);
}
