using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace PcBench.ServiceTests.Observe;

/// <summary>A line as Loki gets it.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Labels">What it is found by.</param>
/// <param name="Text">What the service wrote.</param>
internal sealed record LokiLine(string Tenant, IReadOnlyDictionary<string, string> Labels, string Text)
{
    /// <summary>A field of the line, as <c>| json</c> finds it.</summary>
    public string? Field(string name) => JsonElement.Parse(Text).TryGetProperty(name, out var value) ? value.ToString() : null;
}

/// <summary>What Promtail, which is not to be had here, makes of a container's line by a contour's job: those of its stages and relabellings that the job has, and no other.</summary>
internal sealed partial class Promtail
{
    private readonly Job job;

    private Promtail(Job job) => this.job = job;

    /// <summary>The job of a contour.</summary>
    public static Promtail Of(string contour)
    {
        var text = File.ReadAllText(Repository.Path("deploy/observe/promtail/contour.yml")).Replace("${contour}", contour, StringComparison.Ordinal).Replace("${namespace}", $"p25-{contour}", StringComparison.Ordinal);
        return new(new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<List<Job>>(text).Single());
    }

    /// <param name="service">The value of <c>app.kubernetes.io/name</c>, which is also the container's name.</param>
    /// <param name="line">What the container wrote; the runtime writes its time and stream before it.</param>
    public LokiLine Read(string service, string line)
    {
        var labels = Relabel(new()
        {
            ["__meta_kubernetes_pod_node_name"] = "node",
            ["__meta_kubernetes_pod_uid"] = "uid",
            ["__meta_kubernetes_pod_container_name"] = service,
            ["__meta_kubernetes_pod_label_app_kubernetes_io_name"] = service,
        });
        labels["__path__"].ShouldBe($"/var/log/pods/*uid/{service}/*.log");
        labels["__host__"].ShouldBe("node");
        var kept = labels.Where(label => !label.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary();
        return Run($"2026-03-04T05:06:07.123456789Z stdout F {line}", kept);
    }

    private Dictionary<string, string> Relabel(Dictionary<string, string> labels)
    {
        foreach (var rule in job.RelabelConfigs)
        {
            var value = string.Join(rule.Separator, rule.SourceLabels.Select(label => labels.GetValueOrDefault(label, "")));
            labels[rule.TargetLabel] = rule.Replacement.Replace("$1", value, StringComparison.Ordinal);
        }

        return labels;
    }

    private LokiLine Run(string line, Dictionary<string, string> labels)
    {
        var (tenant, extracted) = ("", new Dictionary<string, string>());
        foreach (var (stage, settings) in job.PipelineStages.SelectMany(stage => stage))
        {
            switch (stage)
            {
                case "cri":
                    var parts = Cri().Match(line);
                    (labels["stream"], line) = (parts.Groups["stream"].Value, parts.Groups["line"].Value);
                    break;
                case "json":
                    foreach (var (name, field) in ((Dictionary<object, object>)settings["expressions"]).Select(pair => ((string)pair.Key, (string)pair.Value)))
                    {
                        if (JsonElement.Parse(line).TryGetProperty(field, out var value))
                            extracted[name] = value.ToString();
                    }

                    break;
                case "labels":
                    foreach (var (label, from) in settings)
                    {
                        if (extracted.TryGetValue(from is "" ? label : (string)from, out var value))
                            labels[label] = value;
                    }

                    break;
                case "tenant":
                    tenant = (string)settings["value"];
                    break;
                default:
                    throw new NotSupportedException($"Stage '{stage}': write here what Promtail does.");
            }
        }

        return new LokiLine(tenant, labels, line);
    }

    [GeneratedRegex("^(?<time>\\S+) (?<stream>stdout|stderr) (?<flags>\\S+) (?<line>.*)$")]
    private static partial Regex Cri();

    private sealed class Job
    {
        [YamlMember(Alias = "relabel_configs")]
        public List<Rule> RelabelConfigs { get; set; } = [];

        [YamlMember(Alias = "pipeline_stages")]
        public List<Dictionary<string, Dictionary<string, object>>> PipelineStages { get; set; } = [];
    }

    private sealed class Rule
    {
        [YamlMember(Alias = "source_labels")]
        public List<string> SourceLabels { get; set; } = [];

        [YamlMember(Alias = "separator")]
        public string Separator { get; set; } = ";";

        [YamlMember(Alias = "target_label")]
        public string TargetLabel { get; set; } = "";

        [YamlMember(Alias = "replacement")]
        public string Replacement { get; set; } = "$1";
    }
}
