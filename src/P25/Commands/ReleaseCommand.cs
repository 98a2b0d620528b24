using System.CommandLine;
using P25.Ledger;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 release</c>: lifts a hold.</summary>
internal static class ReleaseCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var number = new Argument<int>("hold") { Description = "The hold's number, as 'p25 status' tells it." };
        var reason = CommonOptions.Reason(required: true);
        var command = new CommandWithExamples("release", "Lift a hold.", """
            p25 release stage 12 --reason 'the cause was the database, it is mended'
            """)
        {
            contour, number, reason,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var why = CommonOptions.ReasonOf(parsed.GetValue(reason));
            var actor = await session.ActorAsync(cancel);
            Hold? lifted = null;
            LedgerState Lift(LedgerState state)
            {
                lifted = state.Holds.FirstOrDefault(hold => hold.Number == parsed.GetValue(number)) ?? throw new P25Exception(P25ExitCodes.NotFound,
                    $"There is no hold {parsed.GetValue(number)} in {where.Name}.", state.Holds.Count == 0 ? "There are none." : $"There are: {string.Join(", ", state.Holds.Select(hold => hold.Number))}.");
                return Holds.Lift(state, lifted.Number, why, actor, common.Context.Time.GetUtcNow());
            }

            if (session.DryRun)
                Lift(await session.Ledger(where).ReadAsync(cancel));
            else
                await session.Ledger(where).ChangeAsync(Lift, cancel);
            session.Say($"{(session.DryRun ? "Would lift" : "Lifted")} hold {lifted!.Number} on {lifted.Version ?? "everything"} in {where.Name}.");
            if (!session.DryRun)
                await session.Announcer(where).TellAsync(cancel);
            CommonOptions.Answer(session, lifted, P25Json.Readable.Hold, $"{lifted.Number}");
            return P25ExitCodes.Ok;
        });
        return command;
    }
}
