using System.CommandLine;
using P25.Observe;
using PcBench.Shared;

namespace P25.Commands;

/// <summary><c>p25 observe render</c>: the files of Prometheus, Alertmanager, Grafana, Loki and Promtail.</summary>
internal static class ObserveCommand
{
    public static Command Create(CommonOptions common) =>
        new CommandWithExamples("observe", "What watches the contours.", "p25 observe render --out artifacts/observe") { Render(common) };

    private static CommandWithExamples Render(CommonOptions common)
    {
        var to = new Option<string>("--out") { Description = "Folder for the files; it is made where it is missing.", Required = true };
        var source = new Option<string>("--source") { Description = "Folder of the sources.", DefaultValueFactory = _ => "deploy/observe" };
        var contours = new Option<string[]>("--contour") { Description = "Only this contour; may be given again. Default: all of the contours' file; those of --target, where there are any." };
        var targets = new Option<string[]>("--target") { Description = "CONTOUR/SERVICE=HOST:PORT, a service that Prometheus finds there in place of asking Kubernetes; may be given again. The contour 'local' takes stage's thresholds." };
        var webhook = new Option<string?>("--webhook") { Description = "Send all alerts there, each receiver to a path of its own, in place of chats and pager." };
        var alertmanager = new Option<string>("--alertmanager") { Description = "Where Prometheus finds Alertmanager, HOST:PORT.", DefaultValueFactory = _ => "alertmanager:9093" };
        var command = new CommandWithExamples("render", "Make the files of Prometheus, Alertmanager, Grafana, Loki and Promtail of deploy/observe.", """
            p25 observe render --out artifacts/observe
            p25 observe render --out artifacts/stage --contour stage
            p25 observe render --out artifacts/local --target local/backend=127.0.0.1:5080 --webhook http://127.0.0.1:9000
            """)
        {
            to, source, contours, targets, webhook, alertmanager,
        };
        common.Run(command, (session, parsed, _) =>
        {
            var fixedOnes = (parsed.GetValue(targets) ?? []).Select(TargetOf).ToList();
            var chosen = parsed.GetValue(contours) is { Length: > 0 } named ? named
                : fixedOnes.Count > 0 ? [.. fixedOnes.Select(target => target.Contour).Distinct()] : [.. session.Contours.Contours.Select(contour => contour.Name)];
            var request = new RenderRequest(
                parsed.GetRequiredValue(source), parsed.GetRequiredValue(to),
                [.. chosen.Select(name => (name, name == ObserveFile.Local ? name : session.Contours[name].Namespace))],
                fixedOnes, WebhookOf(parsed.GetValue(webhook)), parsed.GetRequiredValue(alertmanager));
            if (session.DryRun)
            {
                session.Say($"Would render {string.Join(", ", chosen)} into {request.Out}.");
                CommonOptions.Answer(session, chosen, P25Json.Readable.IReadOnlyListString);
                return Task.FromResult(P25ExitCodes.Ok);
            }

            IReadOnlyList<string> made = [.. new ObserveRenderer(request).Run()];
            CommonOptions.Answer(session, made, P25Json.Readable.IReadOnlyListString, made);
            return Task.FromResult(P25ExitCodes.Ok);
        });
        return command;
    }

    private static Uri? WebhookOf(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new P25Exception(P25ExitCodes.Usage, $"--webhook '{text}' is not an address.", "Give http://HOST:PORT, and a path if it has one.");

    private static StaticTarget TargetOf(string text) =>
        text.Split('=', 2) is [var name, { Length: > 0 } address] && name.Split('/') is [{ Length: > 0 } contour, { Length: > 0 } service]
            ? new StaticTarget(contour, service, address)
            : throw new P25Exception(P25ExitCodes.Usage, $"--target '{text}' is not understood.", "Give CONTOUR/SERVICE=HOST:PORT: local/backend=127.0.0.1:5080.");
}
