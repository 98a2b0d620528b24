using System.Globalization;
using System.Text.Json.Nodes;
using P25.Contours;

namespace P25.Verify;

/// <summary>What Prometheus measured of the contour in one window.</summary>
/// <param name="ErrorRatio">Share of answers that are 5xx; null: no requests.</param>
/// <param name="P95">Seconds in which 95 % were answered; null: no requests.</param>
internal sealed record TrafficFigures(double? ErrorRatio, double? P95);

/// <summary>Asks Prometheus whether the users' own requests fare worse than before.</summary>
internal sealed class PrometheusChecks(HttpClient http, Uri prometheus, VerifyRules rules, string space)
{
    private const string Requests = "http_server_request_duration_seconds";

    /// <summary>p95 of few requests is noise; what is faster than this is fast enough.</summary>
    private const double FastEnough = 0.05;

    public async Task<TrafficFigures> MeasureAsync(TimeSpan window, CancellationToken cancel)
    {
        var range = $"[{Math.Max(30, (int)window.TotalSeconds)}s]";
        var all = $"sum(rate({Requests}_count{{namespace=\"{space}\"}}{range}))";
        var errors = $"sum(rate({Requests}_count{{namespace=\"{space}\",http_response_status_code=~\"5..\"}}{range}))";
        return new TrafficFigures(
            await QueryAsync($"({errors} or vector(0)) / {all}", cancel),
            await QueryAsync($"histogram_quantile(0.95, sum by (le) (rate({Requests}_bucket{{namespace=\"{space}\"}}{range})))", cancel));
    }

    public IEnumerable<Check> Compare(TrafficFigures? before, TrafficFigures after)
    {
        if (after.ErrorRatio is not { } ratio)
            yield return new Check("errors", CheckState.Skipped, "Prometheus saw no requests");
        else
            yield return new Check("errors", ratio <= rules.ErrorRatio ? CheckState.Passed : CheckState.Failed, $"{ratio:P2} of the users' requests failed; {rules.ErrorRatio:P2} are allowed");
        if (before?.P95 is not { } was || after.P95 is not { } now)
            yield return new Check("latency", CheckState.Skipped, "there is no window before the deploy to compare with");
        else
            yield return new Check("latency", now <= Math.Max(FastEnough, was * rules.LatencyFactor) ? CheckState.Passed : CheckState.Failed, $"p95 is {now * 1000:0} ms, before it was {was * 1000:0} ms; {rules.LatencyFactor:0.#} times that are allowed");
    }

    private async Task<double?> QueryAsync(string query, CancellationToken cancel)
    {
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(prometheus, $"/api/v1/query?query={Uri.EscapeDataString(query)}"), cancel));
        return answer?["data"]?["result"] is JsonArray { Count: > 0 } result
            && double.TryParse((string?)result[0]?["value"]?[1], CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
