using System.Text;

namespace P25.Observe;

/// <summary>A service that Prometheus finds at an address, in place of asking Kubernetes.</summary>
internal sealed record StaticTarget(string Contour, string Service, string Address);

/// <summary>What is to be rendered.</summary>
/// <param name="Source">Folder of the sources.</param>
/// <param name="Out">Folder for the files.</param>
/// <param name="Contours">Name and namespace of each.</param>
/// <param name="Targets">Services at addresses; none: they are asked of Kubernetes.</param>
/// <param name="Webhook">Where all alerts go, in place of chats and pager.</param>
/// <param name="Alertmanager">Where Prometheus finds Alertmanager.</param>
internal sealed record RenderRequest(
    string Source, string Out, IReadOnlyList<(string Name, string Space)> Contours, IReadOnlyList<StaticTarget> Targets, Uri? Webhook, string Alertmanager);

/// <summary>Makes the files of Prometheus, Alertmanager, Grafana, Loki and Promtail of <c>deploy/observe</c>.</summary>
internal sealed class ObserveRenderer(RenderRequest request)
{
    private readonly ObserveFile file = ObserveFile.Read(request.Source);

    /// <returns>The files, as paths in the folder.</returns>
    public IReadOnlyList<string> Run()
    {
        var written = new List<string>();
        Put("prometheus/prometheus.yml", Prometheus());
        foreach (var (contour, space) in request.Contours)
        {
            Put($"prometheus/rules/{contour}.yml", RuleFile.Write(request.Source, file, contour, space));
            foreach (var dashboard in Directory.GetFiles(Path.Combine(request.Source, "dashboards"), "*.yaml").Order(StringComparer.Ordinal))
                Put($"grafana/dashboards/{contour}/{Path.GetFileNameWithoutExtension(dashboard)}.json", Dashboard.ToJson(dashboard, file.ValuesOf(contour, space)));
        }

        Put("alertmanager/alertmanager.yml", request.Webhook is { } webhook ? ToWebhook(webhook) : Text("alertmanager/alertmanager.yml"));
        Put("alertmanager/pcbench.tmpl", Text("alertmanager/pcbench.tmpl"));
        Put("loki/loki.yml", Text("loki/loki.yml"));
        Put("loki/tenants.yml", Text("loki/tenants.yml"));
        Put("promtail/promtail.yml", Text("promtail/promtail.yml") + PerContour("promtail/contour.yml"));
        Put("grafana/provisioning/datasources/pcbench.yml", Text("grafana/datasources.yml") + PerContour("grafana/datasource-contour.yml"));
        Put("grafana/provisioning/dashboards/pcbench.yml", Text("grafana/dashboards.yml") + PerContour("grafana/dashboards-contour.yml"));
        return written;

        void Put(string path, string text)
        {
            var whole = Path.Combine(request.Out, path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
                File.WriteAllText(whole, text);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new P25Exception(P25ExitCodes.Usage, $"{whole} cannot be written: {error.Message}", "Name another folder with --out, or make this one writable for you.");
            }

            written.Add(path);
        }
    }

    private string SpaceOf(string contour) => request.Contours.FirstOrDefault(known => known.Name == contour).Space ?? contour;

    private string Prometheus()
    {
        var head = Template.Fill(Text("prometheus/prometheus.yml"), new Dictionary<string, string> { ["alertmanager"] = request.Alertmanager }, "prometheus/prometheus.yml");
        if (request.Targets.Count == 0)
            return head + PerContour("prometheus/contour.yml");
        var text = new StringBuilder(head);
        foreach (var target in request.Targets)
        {
            text.Append($"""
                  - job_name: {target.Contour}-{target.Service}
                    static_configs:
                      - targets: ["{target.Address}"]
                        labels: {"{"} contour: {target.Contour}, service: {target.Service}, namespace: {SpaceOf(target.Contour)} {"}"}

                """);
        }

        return text.ToString();
    }

    /// <summary>The routes stay as they are; every receiver becomes a path of the webhook.</summary>
    private string ToWebhook(Uri webhook)
    {
        var lines = new List<string>();
        var skipping = false;
        foreach (var line in Text("alertmanager/alertmanager.yml").Split('\n'))
        {
            if (line.StartsWith("  - name: ", StringComparison.Ordinal) && lines.Contains("receivers:"))
            {
                var name = line["  - name: ".Length..];
                lines.AddRange([line, "    webhook_configs:", $"      - {{ url: \"{webhook.AbsoluteUri.TrimEnd('/')}/{name}\", send_resolved: true, max_alerts: 0 }}"]);
                skipping = true;
            }
            else if (!skipping || line is not (['#', ..] or [' ', ' ', ' ', ' ', ..]))
            {
                skipping = false;
                lines.Add(line);
            }
        }

        return string.Join('\n', lines);
    }

    private string PerContour(string path) => string.Concat(request.Contours.Select(contour =>
        Template.Fill(Text(path), file.ValuesOf(contour.Name, contour.Space), path)));

    private string Text(string path) => File.ReadAllText(Path.Combine(request.Source, path));
}
