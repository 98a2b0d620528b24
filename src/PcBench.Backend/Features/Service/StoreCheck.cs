using Microsoft.Extensions.Diagnostics.HealthChecks;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Service;

/// <summary>Whether the store answers.</summary>
internal sealed class StoreCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.Sql("select max(number) from migration").NumberAsync(cancellationToken) is > 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The store has no schema.");
}
