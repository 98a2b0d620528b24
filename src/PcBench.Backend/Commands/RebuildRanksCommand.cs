using System.CommandLine;
using System.Text.Json;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Platform.Data;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary>What a rebuild of the ranks found.</summary>
/// <param name="Results">Results that were counted.</param>
/// <param name="Boards">Boards that they are on.</param>
/// <param name="Wrong">Boards in Redis that were not right before; null where Redis is away.</param>
internal sealed record RebuiltRanks(int Results, int Boards, int? Wrong);

/// <summary><c>backend rebuild-ranks</c>: counts all ranks anew and publishes them in Redis.</summary>
internal static class RebuildRanksCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON." };
        var command = new CommandWithExamples("rebuild-ranks", "Count all ranks anew from PostgreSQL and publish them in Redis; says how many boards were not right before.", """
            backend rebuild-ranks
            backend rebuild-ranks --json
            """)
        {
            json,
        };
        command.SetAction((parsed, cancel) => BackendHost.WithPartsAsync(async parts =>
        {
            if (parts.GetRequiredService<Database>().Dialect == Dialect.Sqlite)
                throw new InvalidOperationException("The embedded store counts its ranks at every start; there is nothing to rebuild. Set Data:Postgres for the store of several replicas.");
            await parts.GetRequiredService<BoardNumbers>().LoadAsync(parts.GetRequiredService<Database>(), cancel);
            var (results, wrong) = await parts.GetRequiredService<RankKeeper>().RebuildAsync(cancel);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new RebuiltRanks(results, Board.All.Count, wrong), CommandJson.Default.RebuiltRanks)
                : $"Counted {results} results on {Board.All.Count} boards; {(wrong is { } count ? $"{count} boards in Redis were not right" : "Redis is away, and gets them when it is back")}.");
        }));
        return command;
    }
}
