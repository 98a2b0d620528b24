using System.Runtime.CompilerServices;
using PcBench.Backend.Features.Documents;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Exports;

/// <summary>Reads all public results in small pages, so that a slow reader holds up nothing and no page is old when it is sent.</summary>
internal sealed class ExportSql(Database database, DocumentStore documents)
{
    internal const string Page = "select no, id, submitted_at from result where no > @after and visibility = 2 order by no limit 50";

    public async IAsyncEnumerable<ExportRow> PublicAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = 0L;
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

    private async Task<List<(long No, ExportRow? Row)>> PageAsync(long after, CancellationToken cancel)
    {
        var results = await database.Sql(Page).With("after", after)
            .ListAsync(row => (No: row.GetInt64(0), Id: row.GetString(1), SubmittedAt: row.GetTime(2)), cancel);
        var page = new List<(long, ExportRow?)>(results.Count);
        foreach (var (no, id, submittedAt) in results)
        {
            var document = await documents.FindAsync(id, cancel);
            page.Add((no, document is null ? null : new ExportRow(id, submittedAt, document)));
        }

        return page;
    }
}
