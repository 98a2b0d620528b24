using P25.Contours;
using P25.Ledger;

namespace P25.Deploys;

/// <summary>A deploy or rollback in the ledger: written down when it begins, and again when it has ended.</summary>
internal sealed class RunRecord(Session session, Contour contour)
{
    private readonly long began = session.Context.Time.GetTimestamp();
    private LedgerRecord? record;

    /// <summary>Writes down that it begins.</summary>
    /// <param name="begin">Makes the record under the number that it gets.</param>
    /// <param name="cancel">Gives up.</param>
    public Task BeginAsync(Func<int, LedgerRecord> begin, CancellationToken cancel) =>
        session.Ledger(contour).ChangeAsync(state => state.Add(record = begin(state.NextNumber)), cancel);

    /// <summary>Writes down how it ended.</summary>
    /// <param name="problem">What went wrong; null: it is verified.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<LedgerRecord> EndAsync(string? problem, CancellationToken cancel)
    {
        var ended = record! with
        {
            Ending = problem is null ? Ending.Verified : Ending.Failed,
            Detail = problem,
            Revision = (await session.Helm(contour).HistoryAsync(cancel)).LastOrDefault()?.Revision,
            Told = false,
            Seconds = Math.Round(session.Context.Time.GetElapsedTime(began).TotalSeconds, 1),
        };
        await session.Ledger(contour).ChangeAsync(state => state.Replace(ended), cancel);
        return ended;
    }
}
