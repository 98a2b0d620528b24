using System.Text.Json;
using P25.Contours;

namespace P25.Ledger;

/// <summary>
/// Tells the hub what happened to a contour: <c>release.verified</c>, <c>release.failed</c>, … The ledger is the outbox: what could not be
/// told, because the backend was down for instance, is told by the next command that writes.
/// </summary>
internal sealed class Announcer(Session session, Contour contour)
{
    private const int AtOnce = 10;

    /// <summary>Tells what is not told yet, oldest first. Never fails: a release does not wait for it.</summary>
    public async Task TellAsync(CancellationToken cancel)
    {
        if (session.Contours.Events is not { } rules)
            return;
        try
        {
            var untold = (await session.Ledger(contour).ReadAsync(cancel)).Records.Where(record => !record.Told).TakeLast(AtOnce).ToList();
            var told = new List<LedgerRecord>();
            foreach (var record in untold)
            {
                var result = await session.Kubectl(contour).RunAsync(
                    ["exec", $"deployment/{rules.Deployment}", "--", .. rules.Command, TypeOf(record), SubjectOf(record), "--data", DataOf(contour, record)], cancel);
                if (!result.Succeeded)
                {
                    session.Say($"The hub could not be told of {TypeOf(record)}: {result.LastError}. The next command tells it.");
                    break;
                }

                told.Add(record);
            }

            // A record that changed meanwhile is told again as it is then.
            if (told.Count > 0)
                await session.Ledger(contour).ChangeAsync(state => state with { Records = [.. state.Records.Select(record => told.Any(one => one.Number == record.Number && one.Ending == record.Ending) ? record with { Told = true } : record)] }, cancel);
        }
        catch (P25Exception away)
        {
            session.Say($"The hub could not be told: {away.Message}");
        }
    }

    internal static string TypeOf(LedgerRecord record) => (record.Deed, record.Ending) switch
    {
        (_, Ending.Started) => "release.started",
        (Deed.Rollback, Ending.Verified) => "release.rolledback",
        (Deed.Deploy, Ending.Verified) => "release.verified",
        (_, Ending.Failed) => "release.failed",
        (_, Ending.Interrupted) => "release.interrupted",
        (Deed.Hold, _) => "release.held",
        (Deed.Release, _) => "release.freed",
        (Deed.Approve, _) => "release.approved",
        _ => "release.recovered",
    };

    private static string SubjectOf(LedgerRecord record) => record.Release?.Version ?? "all";

    private static string DataOf(Contour contour, LedgerRecord record)
    {
        var data = JsonSerializer.SerializeToNode(record with { Release = null, Detail = record.Detail is { Length: > 500 } detail ? detail[..500] : record.Detail }, P25Json.Compact.LedgerRecord)!.AsObject();
        data.Remove("told");
        data["contour"] = contour.Name;
        data["release"] = record.Release?.Id;
        data["commit"] = record.Release?.Commit;
        return data.ToJsonString();
    }
}
