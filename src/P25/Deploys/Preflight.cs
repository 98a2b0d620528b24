using System.Text.Json.Nodes;
using P25.Contours;
using P25.Plans;
using P25.Policy;
using P25.Releases;
using P25.Verify;

namespace P25.Deploys;

/// <summary>What can be known before a deploy.</summary>
internal sealed class Preflight(Session session, Contour contour)
{
    private static readonly string[][] Needed =
    [
        ["create", "configmaps"], ["create", "secrets"], ["update", "leases.coordination.k8s.io"], ["patch", "deployments.apps"],
        ["patch", "services"], ["patch", "ingresses.networking.k8s.io"], ["create", "jobs.batch"], ["create", "cronjobs.batch"], ["list", "pods"],
        ["get", "pods", "--subresource=log"], ["create", "pods", "--subresource=exec"], // as TYPE/NAME it would be a pod called "log"
    ];

    public async Task<IReadOnlyList<Finding>> RunAsync(Release release, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var findings = new List<Finding> { await HelmVersionAsync(cancel), await ClusterVersionAsync(cancel) };
        if (findings.All(finding => finding.State != CheckState.Failed))
        {
            findings.AddRange([await PermissionsAsync(cancel), await SecretsAsync(cancel)]);
            var ledger = await session.Ledger(contour).ReadAsync(cancel);
            findings.Add(ledger.HoldOn(release) is { } hold
                ? Finding.Wrong("hold", $"{hold.Version ?? "everything"} is on hold: {hold.Reason}", $"p25 release {contour.Name} {hold.Number} --reason '…'")
                : Finding.Ok("hold", "none"));
            findings.Add(RollbackRules.Check(ledger, release) is { } refusal ? Finding.Wrong("migrations", refusal.Reason, refusal.Fix)
                : release.Contracts.Except(ledger.Contracts).ToList() is { Count: > 0 } contracts
                ? Finding.Note("migrations", $"{string.Join(", ", contracts)}: no earlier release runs after it, so there is no way back")
                : Finding.Ok("migrations", $"{release.Migrations.Count}, and no contract among the new ones"));
            findings.Add(await ChartAsync(release, values, cancel));
        }

        foreach (var (name, image) in release.Images)
            findings.Add(await new Registry(session.Context).FindAsync(name, image, cancel));
        return findings;
    }

    internal async Task<Finding> HelmVersionAsync(CancellationToken cancel)
    {
        var version = (await session.Helm(contour).RunAsync(["version", "--template", "{{.Version}}"], cancel)).Output.Trim();
        return version.StartsWith("v4.", StringComparison.Ordinal)
            ? Finding.Ok("helm", version)
            : Finding.Wrong("helm", $"it is {(version.Length == 0 ? "silent" : version)}", "Install Helm 4, or say where it is in P25_HELM.");
    }

    internal async Task<Finding> ClusterVersionAsync(CancellationToken cancel)
    {
        var result = await session.Kubectl(contour).RunAsync(["version", "-o", "json"], cancel);
        if (!result.Succeeded || JsonNode.Parse(result.Output) is not { } versions)
            return Finding.Wrong("cluster", $"it does not answer: {result.LastError}", "Check the kubeconfig.");
        var (client, server) = (versions["clientVersion"]?["gitVersion"], versions["serverVersion"]?["gitVersion"]);
        return Math.Abs(Minor($"{client}") - Minor($"{server}")) <= 1
            ? Finding.Ok("cluster", $"{server}, kubectl {client}")
            : Finding.Note("cluster", $"{server}, kubectl {client}: more than one minor version apart", "Use the kubectl of the cluster's minor version; P25_KUBECTL says where it is.");
    }

    internal async Task<Finding> PermissionsAsync(CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var what in Needed)
        {
            if (!(await session.Kubectl(contour).RunAsync(["auth", "can-i", .. what], cancel)).Succeeded)
                missing.Add(string.Join(' ', what));
        }

        return missing.Count == 0
            ? Finding.Ok("permissions", $"all that is needed in {contour.Namespace}")
            : Finding.Wrong("permissions", $"missing in {contour.Namespace}: {string.Join(", ", missing)}", "Use the kubeconfig of this contour's deployer.");
    }

    internal async Task<Finding> SecretsAsync(CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var (name, keys) in contour.Secrets)
        {
            var there = await SecretMaker.KeysAsync(session.Kubectl(contour), name, cancel) ?? [];
            missing.AddRange(keys.Where(key => key.Value != "optional" && !there.Contains(key.Key)).Select(key => $"{name}/{key.Key}"));
        }

        return missing.Count == 0
            ? Finding.Ok("secrets", $"{contour.Secrets.Count} are there")
            : Finding.Wrong("secrets", $"missing: {string.Join(", ", missing)}", $"p25 secrets init {contour.Name}");
    }

    private async Task<Finding> ChartAsync(Release release, IReadOnlyList<string> values, CancellationToken cancel)
    {
        try
        {
            var plan = await new Planner(session, contour).MakeAsync(release, "preflight", values, cancel);
            return Finding.Ok("chart", $"it renders; {plan.Changes.Count} objects differ");
        }
        catch (P25Exception failed)
        {
            return Finding.Wrong("chart", failed.Message, failed.Fix ?? "Check the chart and the values.");
        }
    }

    private static int Minor(string version) => version.Split('.') is [_, var minor, ..] && int.TryParse(minor, out var number) ? number : 0;
}
