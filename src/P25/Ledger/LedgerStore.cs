using System.Text.Json;
using System.Text.Json.Nodes;
using P25.Tools;

namespace P25.Ledger;

/// <summary>
/// A contour's ledger: a ConfigMap beside the Helm release, so that it outlives it. Whoever writes says which version he read; where
/// somebody else was faster, the change is made anew on what is there now.
/// </summary>
internal sealed class LedgerStore(Kubectl kubectl)
{
    public const string Name = "p25-ledger";
    private const string Key = "ledger.json";
    private const int Attempts = 10;

    public async Task<LedgerState> ReadAsync(CancellationToken cancel) => StateOf(await kubectl.GetAsync(cancel, "configmap", Name));

    /// <summary>Changes it; the change may be made several times, each time on what is there.</summary>
    public async Task<LedgerState> ChangeAsync(Func<LedgerState, LedgerState> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await kubectl.GetAsync(cancel, "configmap", Name);
            var before = StateOf(found);
            var after = change(before);
            if (ReferenceEquals(before, after))
                return before;
            if (await kubectl.TryWriteAsync(MapOf(found, after), cancel))
                return after;
        }

        throw new P25Exception(P25ExitCodes.Unreachable, $"The ledger of {kubectl.Namespace} was changed by others {Attempts} times in a row.", "Try again.");
    }

    private static LedgerState StateOf(JsonNode? map)
    {
        if ((string?)map?["data"]?[Key] is not { } text)
            return LedgerState.Empty;
        try
        {
            var state = JsonSerializer.Deserialize(text, P25Json.Readable.LedgerState) ?? throw new JsonException("It is null.");
            return state.Schema == LedgerState.CurrentSchema
                ? state
                : throw new P25Exception(P25ExitCodes.Refused, $"The ledger is written as {state.Schema}; this p25 knows {LedgerState.CurrentSchema}.", "Use the p25 of the newest release.");
        }
        catch (JsonException error)
        {
            throw new P25Exception(P25ExitCodes.Refused, $"ConfigMap {Name} holds no ledger: {error.Message}", "Somebody edited it; take it from a backup, or from 'helm history' by hand.");
        }
    }

    private static JsonObject MapOf(JsonNode? found, LedgerState state) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "p25" },
            ["resourceVersion"] = (string?)found?["metadata"]?["resourceVersion"],
        },
        ["data"] = new JsonObject { [Key] = JsonSerializer.Serialize(state, P25Json.Compact.LedgerState) },
    };
}
