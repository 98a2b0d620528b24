using System.CommandLine;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary><c>pcbench compare</c>: saved results beside each other.</summary>
internal static class CompareCommand
{
    private const int MaxResults = 8;

    public static Command Create(CliContext context)
    {
        var results = new Argument<string[]>("results")
        {
            Description = "2 to 8 results: paths, ids, beginnings of ids, or latest. The first is the one compared with.",
            Arity = new ArgumentArity(2, MaxResults),
        };
        var json = CommonOptions.Json();
        var command = new CommandWithExamples("compare", "Compare results: the ratio of their medians with its 95 % interval, and whether they can be told apart at all.", """
            pcbench compare k3v9x2 latest            did it get faster?
            pcbench compare desk.json laptop.json    two machines
            pcbench compare a.json b.json --json     for programs
            """)
        {
            results, json,
        };
        command.SetAction(parsed =>
        {
            var read = new List<(string Id, ResultDocument Document)>();
            foreach (var name in parsed.GetRequiredValue(results))
            {
                if (LocalResults.Read(context, name, out var exitCode) is not { } found)
                    return exitCode;
                read.Add((found.Id, found.Document));
            }

            var view = CompareView.Of(read);
            if (parsed.GetValue(json))
                context.Output.Data(JsonSerializer.Serialize(view, ApiJson.Default.CompareView));
            else
                ComparisonTable.Write(context.Output.People, view);
            return ExitCodes.Ok;
        });
        return command;
    }
}
