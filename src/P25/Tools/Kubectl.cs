using System.Text.Json.Nodes;

namespace P25.Tools;

/// <summary>The few calls of kubectl that p25 needs, in one namespace.</summary>
internal sealed class Kubectl(IToolRunner runner, string? kubeconfig, string space)
{
    public string Namespace { get; } = space;

    /// <summary>Runs it as it is.</summary>
    public Task<ToolResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancel, string? input = null, bool isSecret = false) =>
        runner.RunAsync(new ToolCall("kubectl", [.. Where(), .. arguments], input, isSecret), cancel);

    /// <summary>Reads objects as JSON.</summary>
    /// <returns>Null where there is no such object.</returns>
    public async Task<JsonNode?> GetAsync(CancellationToken cancel, params IEnumerable<string> what)
    {
        var result = await RunAsync(["get", .. what, "-o", "json", "--ignore-not-found"], cancel);
        if (!result.Succeeded)
            throw Failure("read", what, result);
        return string.IsNullOrWhiteSpace(result.Output) ? null : JsonNode.Parse(result.Output);
    }

    /// <summary>Reads a list of objects.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(CancellationToken cancel, params IEnumerable<string> what) =>
        (await GetAsync(cancel, what))?["items"] is JsonArray items ? [.. items.OfType<JsonNode>()] : [];

    /// <summary>Creates an object, or replaces exactly the version that was read (its <c>resourceVersion</c>).</summary>
    /// <returns>False where somebody else was faster.</returns>
    public async Task<bool> TryWriteAsync(JsonNode what, CancellationToken cancel)
    {
        var isNew = what["metadata"]?["resourceVersion"] is null;
        var result = await RunAsync([isNew ? "create" : "replace", "-f", "-"], cancel, what.ToJsonString());
        if (result.Succeeded)
            return true;
        if (result.Errors.Contains("AlreadyExists", StringComparison.Ordinal) || result.Errors.Contains("Conflict", StringComparison.Ordinal))
            return false;
        throw Failure(isNew ? "create" : "replace", [$"{what["kind"]}", $"{what["metadata"]?["name"]}"], result);
    }

    public P25Exception Failure(string verb, IEnumerable<string> what, ToolResult result)
    {
        var refused = result.Errors.Contains("Forbidden", StringComparison.Ordinal);
        return new P25Exception(refused ? P25ExitCodes.Refused : P25ExitCodes.Unreachable,
            $"kubectl could not {verb} {string.Join(' ', what)} in {Namespace}: {result.LastError}",
            refused ? "Use the kubeconfig of this contour's deployer, or ask for the permission." : "Check the kubeconfig and that the cluster answers.");
    }

    private IEnumerable<string> Where() => kubeconfig is null ? ["-n", Namespace] : ["--kubeconfig", kubeconfig, "-n", Namespace];
}
