using System.CommandLine;
using P25.Ledger;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 hold</c>: a release, or every one, may not be deployed.</summary>
internal static class HoldCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var release = new Option<string?>("--release") { Description = "Id or version of a release that was deployed there; absent: everything, until it is lifted." };
        var reason = CommonOptions.Reason(required: true);
        var command = new CommandWithExamples("hold", "Keep a release, or every release, out of a contour until somebody lifts the hold.", """
            p25 hold stage --release 3f0c5a7b9d21 --reason 'loses submissions'
            p25 hold prod --reason 'no changes before the conference'
            """)
        {
            contour, release, reason,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var why = CommonOptions.ReasonOf(parsed.GetValue(reason));
            var actor = await session.ActorAsync(cancel);
            var wanted = parsed.GetValue(release);
            Hold? placed = null;
            LedgerState Place(LedgerState state)
            {
                var held = wanted is null ? null : state.Records.LastOrDefault(record => record.Release?.Id == wanted || record.Release?.Version == wanted)?.Release
                    ?? throw new P25Exception(P25ExitCodes.NotFound, $"'{wanted}' was never in {where.Name}.", $"'p25 history {where.Name}' lists what was.");
                var after = Holds.Place(state, held, why, actor, common.Context.Time.GetUtcNow());
                placed = after.Holds[^1];
                return after;
            }

            if (session.DryRun)
                Place(await session.Ledger(where).ReadAsync(cancel));
            else
                await session.Ledger(where).ChangeAsync(Place, cancel);
            session.Say($"{(session.DryRun ? "Would hold" : "Holding")} {placed!.Version ?? "everything"} in {where.Name} (hold {placed.Number}).");
            if (!session.DryRun)
                await session.Announcer(where).TellAsync(cancel);
            CommonOptions.Answer(session, placed, P25Json.Readable.Hold, $"{placed.Number}");
            return P25ExitCodes.Ok;
        });
        return command;
    }
}
