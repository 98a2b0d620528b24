using PcBench.Backend.Features.Cpus;
using PcBench.Backend.Features.Imports;
using PcBench.Backend.Features.Results;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Pages;

/// <summary>
/// Whether a page of the web has something to show to everybody. For hosts that serve the web beside the API and answer
/// with an honest status: the page of a deleted or private result is 404, as the result itself is.
/// </summary>
/// <param name="database">The store.</param>
public sealed class PublicPages(Database database)
{
    /// <summary>Whether there is a result of this id that is not private.</summary>
    public async Task<bool> HasResultAsync(string id, CancellationToken cancel) =>
        SignedContent.IsId(id) && await ResultSql.FindAsync(database, id, cancel) is { Visibility: not Visibility.Private };

    /// <summary>Whether there is a CPU model of this id with results that count, or with imported ones.</summary>
    public async Task<bool> HasCpuAsync(string id, CancellationToken cancel) =>
        await CpuSql.FindAsync(database, id, cancel) is not null || await database.Sql(ImportSql.AnyOfCpu).With("cpu", id).NumberAsync(cancel) is not null;
}
