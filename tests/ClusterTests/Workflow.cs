using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PcBench.ClusterTests;

/// <summary>
/// Runs the <c>run:</c> steps of a workflow's job as GitHub's runner does: with the step's variables, with what earlier steps wrote to
/// GITHUB_ENV, GITHUB_PATH and GITHUB_OUTPUT, and only where the step's condition holds. What <c>uses:</c> brings (the checkout, the SDK,
/// Helm, artifacts) is there already.
/// </summary>
internal sealed partial class Workflow(string file, string folder, IReadOnlyDictionary<string, string> variables)
{
    private readonly Dictionary<string, string> secrets = new() { ["REGISTRY"] = "127.0.0.1:5000/pcbench", ["REGISTRY_USER"] = "somebody", ["REGISTRY_PASSWORD"] = "something" };
    private readonly string temporary = Directory.CreateTempSubdirectory("pcbench-runner-").FullName;

    /// <summary>Outputs of the jobs that ran, by job and name.</summary>
    public Dictionary<(string Job, string Name), string> Outputs { get; } = [];

    /// <summary>Names of the steps that ran, and what they printed, in order.</summary>
    public List<(string Name, string Output)> Ran { get; } = [];

    /// <summary>What the environment's secret KUBE_CONFIG holds from here on.</summary>
    public void Use(string kubeconfig) => secrets["KUBE_CONFIG"] = Convert.ToBase64String(File.ReadAllBytes(kubeconfig));

    /// <summary>Where RUNNER_TEMP is.</summary>
    public string Temporary => temporary;

    /// <summary>Runs one job; a step that fails ends the test.</summary>
    public async Task RunAsync(string name, CancellationToken cancel)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await File.ReadAllTextAsync(file, cancel)));
        var job = (YamlMappingNode)stream.Documents[0].RootNode["jobs"][name];
        var runner = new Dictionary<string, string>(variables) { ["RUNNER_TEMP"] = temporary };
        var steps = new Dictionary<string, Dictionary<string, string>>();
        foreach (var step in ((YamlSequenceNode)job["steps"]).OfType<YamlMappingNode>())
        {
            if (Scalar(step, "run") is not { } script || (Scalar(step, "if") is { } condition && !Holds(condition)))
                continue;
            var outputs = await StepAsync(step, script, runner, cancel);
            if (Scalar(step, "id") is { } id)
                steps[id] = outputs;
        }

        if (job.Children.TryGetValue("outputs", out var given))
        {
            foreach (var (key, value) in (YamlMappingNode)given)
                Outputs[(name, $"{key}")] = Expression().Match($"{value}") is { Success: true } match && match.Groups[1].Value.Split('.') is ["steps", var id, "outputs", var output] ? steps[id][output] : $"{value}";
        }
    }

    private async Task<Dictionary<string, string>> StepAsync(YamlMappingNode step, string script, Dictionary<string, string> runner, CancellationToken cancel)
    {
        string[] names = ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"];
        var own = new Dictionary<string, string>(runner);
        foreach (var name in names)
        {
            own[name] = Path.Combine(temporary, name);
            await File.WriteAllTextAsync(own[name], "", cancel);
        }

        if (step.Children.TryGetValue("env", out var given))
        {
            foreach (var (key, value) in (YamlMappingNode)given)
                own[$"{key}"] = Expression().Replace($"{value}", match => ValueOf(match.Groups[1].Value));
        }

        var ended = await Shell.RunAsync(script, folder, own, cancel);
        Ran.Add((Scalar(step, "name") ?? script, ended.Output));
        ended.Succeeded();
        foreach (var (key, value) in await PairsAsync(own["GITHUB_ENV"], cancel))
            runner[key] = value;
        foreach (var path in await File.ReadAllLinesAsync(own["GITHUB_PATH"], cancel))
            runner["PATH"] = $"{path}:{runner.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")}";
        return await PairsAsync(own["GITHUB_OUTPUT"], cancel);
    }

    // The few forms that these files use; another one must not be taken for something that it is not.
    private bool Holds(string condition) => Comparison().Match(condition) is { Success: true } match
        ? ValueOf(match.Groups[1].Value) == match.Groups[3].Value == (match.Groups[2].Value == "==")
        : condition == "always()" ? true : throw new NotSupportedException($"if: {condition}");

    private string ValueOf(string expression) => expression.Split('.') switch
    {
        ["secrets", var name] => secrets.GetValueOrDefault(name, ""), // one that is not set is empty
        ["needs", var job, "outputs", var name] => Outputs.GetValueOrDefault((job, name), ""),
        ["github", "token"] => "",
        _ => throw new NotSupportedException(expression),
    };

    private static async Task<Dictionary<string, string>> PairsAsync(string path, CancellationToken cancel) =>
        (await File.ReadAllLinesAsync(path, cancel)).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string? Scalar(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    [GeneratedRegex(@"\$\{\{\s*(.+?)\s*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^([\w.]+) (==|!=) '([^']*)'$")]
    private static partial Regex Comparison();
}
