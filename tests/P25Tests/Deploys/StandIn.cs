using System.Text.Json;
using System.Text.Json.Nodes;
using P25;
using P25.Contours;
using P25.Ledger;
using P25.Tools;
using PcBench.Shared;

namespace PcBench.P25Tests.Deploys;

/// <summary>In place of helm and kubectl: a ledger, and a Helm history that ends as it is told. Notes what is changed.</summary>
internal sealed class StandIn(LedgerState ledger, params string[] statuses) : IToolRunner
{
    /// <summary>The first words of what changed something.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Errors that the next rollbacks end with.</summary>
    public Queue<string> RollbackErrors { get; } = [];

    public LedgerState Ledger { get; private set; } = ledger;

    /// <summary>What Helm deployed, as YAML.</summary>
    public string Manifest { get; init; } = "";

    /// <summary>What is there, and what a deploy would make of it: lists of objects as JSON.</summary>
    public (string There, string Wanted) Objects { get; init; }

    public Session Session() => new(
        new P25Context(new Output(Stream.Null, TextWriter.Null), TimeProvider.System, _ => null, _ => this, () => new HttpClientHandler(), null),
        ContourReader.Read(Repository.Path("deploy/contours.yaml")), null, verbose: false, dryRun: false, json: false);

    public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel) => Task.FromResult(call.Tool == "helm" ? Helm(call.Arguments) : Kubectl([.. call.Arguments.Skip(2)], call.Input));

    private ToolResult Helm(IReadOnlyList<string> words)
    {
        if (words[0] == "history")
            return Done(new JsonArray([.. statuses.Select((status, index) => new JsonObject { ["revision"] = index + 1, ["status"] = status })]).ToJsonString());
        if (words[0] == "get")
            return Done(Manifest);
        Changes.Add($"helm {words[0]} {words[2]}");
        return RollbackErrors.TryDequeue(out var error) ? new ToolResult(1, "", error) : Done("");
    }

    private ToolResult Kubectl(IReadOnlyList<string> words, string? input)
    {
        switch (words)
        {
            case ["get", "configmap", ..]:
                return Done(new JsonObject
                {
                    ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
                    ["data"] = new JsonObject { ["ledger.json"] = JsonSerializer.Serialize(Ledger, P25Json.Compact.LedgerState) },
                }.ToJsonString());
            case ["get", "--ignore-not-found", ..]:
                return Done(Objects.There);
            case ["apply", ..]:
                return Done(Objects.Wanted);
            case ["replace", ..]:
                Ledger = JsonSerializer.Deserialize((string)JsonNode.Parse(input!)!["data"]!["ledger.json"]!, P25Json.Compact.LedgerState)!;
                return Done("");
            default:
                Changes.Add($"kubectl {words[0]} {words[1]} {words[2]}");
                return Done("");
        }
    }

    private static ToolResult Done(string output) => new(0, output, "");
}
