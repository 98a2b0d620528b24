using PcBench.Backend.Http;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Results;

/// <summary>A result that the asker may see.</summary>
/// <param name="Row">The result.</param>
/// <param name="Owned">Whether the asker proved to be its owner.</param>
internal sealed record VisibleResult(ResultRow Row, bool Owned);

/// <summary>Who may see a result: the one place that decides it.</summary>
internal sealed class ResultAccess(Database database, TimeProvider time)
{
    /// <returns>The result; null where there is none or the asker may not know of it.</returns>
    public async Task<VisibleResult?> FindAsync(string id, HttpRequest request, CancellationToken cancel)
    {
        if (!SignedContent.IsId(id) || await ResultSql.FindAsync(database, id, cancel) is not { } row)
            return null;
        var owned = OwnerProof.Of(request, time).Owns(id, row.OwnerKey);
        return owned || row.Visibility != Visibility.Private ? new VisibleResult(row, owned) : null;
    }
}
