using System.CommandLine;
using P25.Ledger;
using P25.Plans;
using P25.Tools;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 approve</c>: somebody agrees to exactly one plan.</summary>
internal static class ApproveCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var plan = new Option<string>("--plan") { Description = "The plan's file, or its whole hash.", Required = true };
        var reason = CommonOptions.Reason();
        var fromRun = new Option<bool>("--from-github-run") { Description = "Take approver and comment from the review of this workflow run's environment, as GitHub tells it. Needs GITHUB_TOKEN with actions: read." };
        var command = new CommandWithExamples("approve", "Approve exactly one plan. The approval is for its hash alone: where anything changes, it holds no longer.", """
            p25 approve prod --plan plan.json --reason 'read the difference, beta is quiet since Monday'
            p25 approve prod --plan 3f0c…(64 digits) --reason 'as agreed'
            p25 approve prod --plan plan.json --from-github-run
            """)
        {
            contour, plan, reason, fromRun,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var hash = HashOf(where.Name, parsed.GetRequiredValue(plan));
            var (approver, why) = parsed.GetValue(fromRun)
                ? await new GitHubReview(session.Context).ReadAsync($"p25-{where.Name}", cancel)
                : (await session.ActorAsync(cancel), CommonOptions.ReasonOf(parsed.GetValue(reason)));
            if (where.Rules.Approval.By is { Count: > 0 } by && !by.Contains(approver, StringComparer.OrdinalIgnoreCase))
                throw new P25Exception(P25ExitCodes.Refused, $"{approver} may not approve; {string.Join(", ", by)} may.", "contours.yaml lists who may: approval.by.");
            var approval = new Approval(hash, approver, why, common.Context.Time.GetUtcNow());
            if (!session.DryRun)
            {
                await session.Ledger(where).ChangeAsync(state => state.Approve(approval).Add(new LedgerRecord
                {
                    Number = state.NextNumber,
                    Deed = Deed.Approve,
                    Ending = Ending.Done,
                    At = approval.At,
                    Actor = approver,
                    Approver = approver,
                    Reason = why,
                    Plan = hash,
                }), cancel);
                await session.Announcer(where).TellAsync(cancel);
            }

            session.Say($"{(session.DryRun ? "Would approve" : "Approved")} plan {hash[..12]} of {where.Name} as {approver}.");
            CommonOptions.Answer(session, approval, P25Json.Readable.Approval, hash);
            return P25ExitCodes.Ok;
        });
        return command;
    }

    private static string HashOf(string contour, string plan)
    {
        if (Plan.IsHash(plan))
            return plan;
        var read = Plan.Read(plan);
        return read.Contour == contour
            ? read.Hash
            : throw new P25Exception(P25ExitCodes.Refused, $"{plan} is a plan for {read.Contour}, not {contour}.", $"Make one: p25 plan {contour} --out plan.json");
    }
}
