using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using PcBench.ClusterTests;

[assembly: AssemblyFixture(typeof(Cluster))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // one cluster, one node

namespace PcBench.ClusterTests;

/// <summary>
/// A real Kubernetes with a registry on 127.0.0.1:5000 and a balancer on 127.0.0.1:8080, which the script that PCBENCH_KUBE_UP names
/// starts (it prints a kubeconfig's path), and a clone of this repository whose settings fit it: a commit of its own on top, as whoever
/// runs PcBench has one with his hosts and stores.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    private const string Registry = "127.0.0.1:5000";
    private const string Variable = "PCBENCH_KUBE_UP";
    private const string Balancer = "http://127.0.0.1:8080";
    private static readonly string Source = Path.GetFullPath(Path.Combine(ThisFile(), "../../.."));

    private static readonly string[] Contours = ["stage", "beta", "prod"];

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-cluster-").FullName;
    private Relay? relay;
    private Task<Workflow>? built;
    private string postgres = "";

    /// <summary>Whether there is one to start.</summary>
    public static bool IsNamed => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The clone.</summary>
    public string Repository => Path.Combine(folder, "repository");

    /// <summary>The administrator's kubeconfig.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>What every script gets.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!IsNamed)
            return; // the tests say so
        var up = Setting(Variable);
        Kubeconfig = (await RunAsync($"'{up}' | tail -n 1", Source)).Trim();
        Variables["KUBECONFIG"] = Kubeconfig;
        await RunAsync($"curl -s -o /dev/null --retry 10 --retry-connrefused {Balancer} || {{ echo 'The cluster has no balancer at {Balancer}; see the log of {up}.' >&2; exit 1; }}", Source);
        foreach (var contour in Contours)
            Variables[$"P25_ADDRESS_{contour.ToUpperInvariant()}"] = Balancer;
        Variables["CONTAINERS_CONF"] = await WriteAsync("containers.conf", """
            [containers]
            default_ulimits = ["nofile=10000:10000", "nproc=10000:10000"]
            [engine]
            runtime = "runc"
            """);
        Variables["CONTAINERS_REGISTRIES_CONF"] = await WriteAsync("registries.conf", $"""
            [[registry]]
            location = "{Registry}"
            insecure = true
            """);
        await CloneAsync(await BasesAsync());
        await PrepareContoursAsync();
    }

    /// <summary>Runs a script in the clone; it must succeed.</summary>
    public async Task<string> RunAsync(string script, string? where = null) =>
        (await Shell.RunAsync(script, where ?? Repository, Variables, CancellationToken.None)).Succeeded();

    /// <summary>The workflow of a push to main, its images built: once for all tests. p25 is where its runner has it.</summary>
    internal Task<Workflow> BuiltAsync() => built ??= BuildAsync();

    /// <summary>Runs p25 in the clone.</summary>
    /// <param name="arguments">As a shell takes them.</param>
    /// <param name="code">How it must end.</param>
    /// <param name="actor">Who does it.</param>
    /// <returns>All that it said.</returns>
    public async Task<string> P25Async(string arguments, int code = 0, string actor = "alice")
    {
        var ended = await Shell.RunAsync($"{await ProgramAsync()} {arguments}", Repository, new Dictionary<string, string>(Variables) { ["P25_ACTOR"] = actor }, CancellationToken.None);
        ended.ExitCode.ShouldBe(code, $"p25 {arguments}\n{ended.Output}{ended.Errors}");
        return ended.Output + ended.Errors;
    }

    /// <summary>Where p25 is.</summary>
    public async Task<string> ProgramAsync() => Path.Combine((await BuiltAsync()).Temporary, "p25/p25");

    /// <summary>Another release: the one that was built, with another backend.</summary>
    /// <param name="name">Its version.</param>
    /// <param name="script">What its backend does in place of the real one; null: the same as the real one, under another digest.</param>
    /// <returns>Name of its release file.</returns>
    public async Task<string> VariantAsync(string name, string? script = null)
    {
        await BuiltAsync();
        await RunAsync($$"""
            mkdir -p ../{{name}} && cd ../{{name}}
            cat > app <<'END'
            #!/bin/bash
            {{script}}
            END
            chmod 755 app
            if {{(script is null ? "true" : "false")}}; then printf 'FROM %s\nLABEL variant={{name}}\n' "$(jq -r '.images.backend | .repository + "@" + .digest' ../repository/release.json)" > Dockerfile
            else printf 'FROM {{postgres}}\nCOPY app /app/backend\nENTRYPOINT ["/app/backend"]\n' > Dockerfile; fi
            podman build -q -t {{Registry}}/pcbench/backend:{{name}} . >&2
            podman push -q --tls-verify=false --digestfile digest {{Registry}}/pcbench/backend:{{name}} >&2
            jq --arg digest "$(cat digest)" '.images.backend.digest = $digest | .version = "{{name}}" | .content = "{{name}}"' ../repository/release.json > ../repository/{{name}}.json
            """);
        return $"{name}.json";
    }

    /// <summary>A release as <c>p25 build</c> makes it of a beta's tag.</summary>
    /// <param name="release">The file of the release with its images.</param>
    /// <param name="version">Its version.</param>
    /// <param name="more">What else is different, for jq: <c>| .migrations += ["…"]</c>.</param>
    /// <returns>Name of its release file.</returns>
    public async Task<string> BetaAsync(string release, string version, string more = "")
    {
        await RunAsync($"jq '.version = \"{version}\" | .ref = \"refs/tags/v{version}\" {more}' {release} > {version}.json");
        return $"{version}.json";
    }

    /// <summary>A kubeconfig with a token in place of the administrator's certificate.</summary>
    /// <param name="secret">The Secret that holds the token.</param>
    public async Task<string> KubeconfigOfAsync(string secret)
    {
        var path = Path.Combine(folder, $"{secret}.kubeconfig");
        await RunAsync($"""
            umask 077
            token=$(kubectl -n p25-stage get secret {secret} -o jsonpath='{"{"}.data.token{"}"}' | base64 -d)
            kubectl config view --raw --minify -o json | jq --arg token "$token" '.users[0].user = {"{"}token: $token{"}"}' > '{path}'
            """);
        return path;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Kubeconfig.Length > 0)
            await Shell.RunAsync("kubectl delete namespace p25-stage p25-beta p25-prod --ignore-not-found --wait=false", Source, Variables, CancellationToken.None);
        relay?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Workflow> BuildAsync()
    {
        var workflow = new Workflow(Path.Combine(Repository, ".github/workflows/deploy.yaml"), Repository, new Dictionary<string, string>(Variables)
        {
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_REF_NAME"] = "main",
            ["GITHUB_ACTOR"] = "somebody",
        });
        workflow.Use(Kubeconfig);
        await workflow.RunAsync("policy", CancellationToken.None);
        await workflow.RunAsync("release", CancellationToken.None);
        return workflow;
    }

    private async Task<Dictionary<string, string>> BasesAsync() =>
        (await RunAsync($"tests/ClusterTests/bases {Registry} 2>/dev/null", Source)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private async Task CloneAsync(Dictionary<string, string> bases)
    {
        var node = (await RunAsync("kubectl get nodes -o jsonpath='{.items[0].status.addresses[0].address}'", Source)).Trim();
        var store = new Uri(Setting("AWS_ENDPOINT_URL"));
        postgres = bases["postgres"];
        relay = new Relay(node, store);
        await RunAsync($"git clone -q '{Source}' '{Repository}' && cd '{Repository}' && git checkout -q -B main", Source);
        await WriteAsync("repository/deploy/here.yaml", $$"""
            postgres: { image: {{ImageOf(bases["postgres"])}} }
            redis: { image: {{ImageOf(bases["redis"])}}, command: [redis-server] }
            s3: { endpoint: "http://{{node}}:{{relay.Port}}", region: {{Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1"}} }
            ingress: { tls: { enabled: false } }
            networkPolicy: { s3Port: {{relay.Port}} }
            """);

        // All three on one node: the smallest of each, stores of their own, and short looks.
        await WriteAsync("repository/deploy/small.yaml", """
            backend: { autoscaling: { min: 1, max: 2 }, minReadySeconds: 2, resources: { requests: { cpu: 50m, memory: 128Mi } } }
            ml: { autoscaling: { min: 1, max: 2 }, pool: ignore, resources: { requests: { cpu: 50m, memory: 128Mi } } }
            frontend: { replicas: 1 }
            postgres: { enabled: true, backup: { enabled: false } }
            redis: { enabled: true }

            """);
        await WriteAsync("repository/deploy/docker/build-here", $"""
            #!/bin/sh
            exec "$(dirname "$0")/build" "$@" --base-dotnet {bases["dotnet"]} --base-nginx {bases["nginx"]}

            """);
        await RunAsync("""
            chmod +x deploy/docker/build-here
            sed -i 's:^build\: .*:build\: deploy/docker/build-here:; s:contours/stage.yaml\]:contours/stage.yaml, deploy/here.yaml]:' deploy/contours.yaml
            sed -i 's:contours/\(beta\|prod\).yaml\]:contours/\1.yaml, deploy/here.yaml, deploy/small.yaml]:; s/window: [25]m/window: 5s/' deploy/contours.yaml
            sed 's/timeout: 5m/timeout: 60s/' deploy/contours.yaml > deploy/hasty.yaml
            git add -A && git -c user.name=test -c user.email=test@localhost commit -qm 'This cluster' && git update-ref refs/remotes/origin/main HEAD
            """);
    }

    private async Task PrepareContoursAsync()
    {
        using var s3 = new AmazonS3Client(new BasicAWSCredentials(Setting("AWS_ACCESS_KEY_ID"), Setting("AWS_SECRET_ACCESS_KEY")), new AmazonS3Config
        {
            ServiceURL = Setting("AWS_ENDPOINT_URL"),
            AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1",
            ForcePathStyle = true,
        });
        foreach (var contour in Contours)
            await s3.PutBucketAsync($"p25-{contour}-s3");
        var (key, secret) = (await WriteAsync("key", Setting("AWS_ACCESS_KEY_ID")), await WriteAsync("secret", Setting("AWS_SECRET_ACCESS_KEY")));
        await RunAsync($"""
            kubectl delete namespace p25-stage p25-beta p25-prod --ignore-not-found --wait
            kubectl apply -f deploy/helm/namespaces.yaml
            dotnet run --project src/P25 -c Release -- secrets init stage --from pcbench-s3/access-key='{key}' --from pcbench-s3/secret-key='{secret}'
            # Stores of its own in every contour here, so the same Secrets; invited users are beta's.
            for contour in beta prod; do
              kubectl -n p25-stage get secrets -o json | jq '.items[] | select(.type == "Opaque") | del(.metadata.namespace, .metadata.uid, .metadata.resourceVersion, .metadata.creationTimestamp, .metadata.managedFields)' |
                jq 'if .metadata.name == "pcbench-access" then .data["invited-keys"] = .data["developer-keys"] else . end' | kubectl -n "p25-$contour" apply -f -
            done
            """);
    }

    private static string ImageOf(string reference) => $"{{ repository: {reference[..reference.IndexOf('@', StringComparison.Ordinal)]}, digest: {reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..]} }}";

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set. Tests of the cluster need {Variable} and, for the contours, an S3-compatible store.");

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
