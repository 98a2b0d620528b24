using System.CommandLine;
using System.Text.Json;
using P25.Plans;
using P25.Releases;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 plan</c>: what a deploy would change, and the hash that is approved.</summary>
internal static class PlanCommand
{
    public static Command Create(CommonOptions common)
    {
        var contour = CommonOptions.Contour();
        var file = CommonOptions.ReleaseFile();
        var values = CommonOptions.Values();
        var output = new Option<string?>("--out") { Description = "Where to write the plan, for who approves it and for 'p25 deploy --plan'." };
        var command = new CommandWithExamples("plan", "Render what a deploy would change, and tell the plan's hash. Nothing is changed.", """
            p25 plan stage
            p25 plan prod --release release.json --out plan.json
            """)
        {
            contour, file, values, output,
        };
        common.Run(command, async (session, parsed, cancel) =>
        {
            var where = session.Contours[parsed.GetRequiredValue(contour)];
            var release = Release.Read(parsed.GetRequiredValue(file));
            CommonOptions.RequireRef(session, where, release);
            var plan = await new Planner(session, where).MakeAsync(release, await session.ActorAsync(cancel), common.ValuesOf(parsed.GetRequiredValue(values)), cancel);
            if (parsed.GetValue(output) is { } path && !session.DryRun)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(plan, P25Json.Readable.Plan) + '\n', cancel);
            CommonOptions.Answer(session, plan, P25Json.Readable.Plan, Lines(plan));
            return P25ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Lines(Plan plan)
    {
        yield return $"{plan.Version} ({plan.Release}), commit {plan.Commit}, to {plan.Contour} over revision {plan.LiveRevision}";
        foreach (var change in plan.Changes)
        {
            yield return $"{change.Kind switch { ChangeKind.Add => "add", ChangeKind.Remove => "remove", _ => "change" }} {change.Object}";
            if (change.Kind == ChangeKind.Change)
            {
                foreach (var line in change.Lines)
                    yield return $"    {line}";
            }
        }

        if (plan.Changes.Count == 0)
            yield return "nothing differs from what is live";
        foreach (var contract in plan.NewContracts)
            yield return $"migration {contract}: no earlier release runs after it, so there is no way back";
        yield return $"plan {plan.Hash}";
    }
}
