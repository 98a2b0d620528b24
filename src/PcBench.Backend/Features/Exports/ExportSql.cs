using System.Runtime.CompilerServices;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Imports;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Exports;

/// <summary>Reads all public results in small pages, so that a slow reader holds up nothing and no page is old when it is sent.</summary>
internal sealed class ExportSql(Database database, DocumentStore documents)
{
    internal const string Page = "select no, id, submitted_at from result where no > @after and visibility = 2 order by no limit 50";

    public async IAsyncEnumerable<ExportRow> PublicAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = 0;
        while (await PageAsync(after, cancel) is { Count: > 0 } page)
        {
            foreach (var (_, row) in page)
            {
                if (row is not null)
                    yield return row;
            }

            after = page[^1].No;
        }
    }

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

    private async Task<List<(int No, ExportRow? Row)>> PageAsync(int after, CancellationToken cancel)
    {
        var results = await database.Sql(Page).With("after", after)
            .ListAsync(row => (No: row.GetInt32(0), Id: row.GetString(1), SubmittedAt: row.GetTime(2)), cancel);
        var found = await documents.FindAsync([.. results.Select(result => result.Id)], cancel);
        return [.. results.Zip(found, (result, document) =>
            (result.No, document is null ? null : new ExportRow(result.Id, result.SubmittedAt, document)))];
    }
}
