using System.Runtime.CompilerServices;
using PcBench.Backend.Features.Imports;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Exports;

/// <summary>Reads what is public in small pages, so that a slow reader holds up nothing and no page is old when it is sent.</summary>
internal sealed class ExportSql(Database database)
{
    internal const string Page = "select no, id, submitted_at from result where no > @after and visibility = 2 order by no limit @limit";

    /// <summary>The first public results with a number above one.</summary>
    public Task<List<ExportedResult>> ResultsAsync(int after, int limit, CancellationToken cancel) =>
        database.Sql(Page).With("after", after).With("limit", limit)
            .ListAsync(row => new ExportedResult(row.GetInt32(0), row.GetString(1), row.GetTime(2)), cancel);

    /// <summary>All public imported results, as they are stored.</summary>
    public async IAsyncEnumerable<string> ImportsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = 0L;
        while (await database.Sql(ImportSql.PublicPage).With("after", after).ListAsync(row => (No: row.GetInt64(0), Body: row.GetString(1)), cancel) is { Count: > 0 } page)
        {
            foreach (var (_, body) in page)
                yield return body;
            after = page[^1].No;
        }
    }
}

/// <summary>A public result, its document aside.</summary>
internal sealed record ExportedResult(int No, string Id, DateTimeOffset SubmittedAt);
