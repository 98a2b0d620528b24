using System.Globalization;
using System.Net;
using System.Text;

namespace PcBench.Ml.Training;

/// <summary>A model card for people: one page with plots, nothing loaded from elsewhere.</summary>
internal static class Report
{
    private const int Side = 360;
    private const int Margin = 40;
    private const int MostPoints = 1500;

    public static string Of(Trained trained)
    {
        var card = trained.Card;
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Model {card.Version}</title>
            <style>body{"{"}font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem{"}"}td,th{"{"}padding:.15rem .8rem .15rem 0;text-align:right{"}"}td:first-child,th:first-child{"{"}text-align:left{"}"}svg{"{"}background:#fafafa{"}"}</style>
            <h1>Model {card.Version}</h1><p>Trained {card.Date:yyyy-MM-dd HH:mm} UTC by PcBench {Text(card.Program)}, seed {card.Seed}.</p><p>{Text(card.Licence)}</p>
            <h2>Data</h2><table><tr><th>File<th>Rows<th>CPU families<th>Licence
            """);
        foreach (var file in card.Data)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(file.Name)}<td>{file.Rows}<td>{file.Families}<td>{Text(file.Licence)}");
        html.Append("</table><h2>On CPU families that were held out</h2>");
        foreach (var metric in card.Metrics)
            Metric(html, metric, trained.HeldOut.GetValueOrDefault(metric.Metric));
        if (card.Detection is { } detection)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>Altered results</h2><p>{detection.AlteredCount} altered among {detection.Honest} honest: AUC {detection.Auc:F3}, {detection.RecallAtOnePercent:P0} found at 1 % false alarms.</p><table><tr><th>Kind<th>Found");
            foreach (var kind in detection.ByKind)
                html.Append(CultureInfo.InvariantCulture, $"<tr><td>{kind.Key}<td>{kind.Value:P0}");
            html.Append("</table>");
        }

        return html.Append("</html>").ToString();
    }

    private static void Metric(StringBuilder html, MetricEvaluation metric, List<Scored>? heldOut)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h3>{Text(metric.Metric)}</h3>");
        if (metric.All is null || heldOut is null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(metric.Note ?? "No figures.")}</p>");
            return;
        }

        Scatter(html, heldOut);
        html.Append("<table><tr><th>Slice<th>n<th>families<th>median error %<th>90 % under %<th>coverage %<th>width %");
        Row(html, "all", metric.All);
        foreach (var slice in metric.Slices)
            Row(html, slice.Key, slice.Value);
        html.Append("</table>");
    }

    private static void Row(StringBuilder html, string name, Accuracy accuracy) => html.Append(CultureInfo.InvariantCulture,
        $"<tr><td>{Text(name)}<td>{accuracy.N}<td>{accuracy.Families}<td>{accuracy.MdApe:F1}<td>{accuracy.P90:F1}<td>{accuracy.Coverage:F1}<td>{accuracy.Width:F0}");

    /// <summary>Measured to the right, predicted upwards, both as logarithms; on the line they agree.</summary>
    private static void Scatter(StringBuilder html, List<Scored> rows)
    {
        var (least, most) = (Math.Log(rows.Min(row => Math.Min(row.Measured, row.Range.Median))), Math.Log(rows.Max(row => Math.Max(row.Measured, row.Range.Median))));
        double At(double figure) => Margin + ((Math.Log(figure) - least) / Math.Max(most - least, 1e-9) * (Side - (2 * Margin)));
        html.Append(CultureInfo.InvariantCulture, $"""
            <svg width="{Side}" height="{Side}" role="img" aria-label="Predicted against measured"><line x1="{Margin}" y1="{Side - Margin}" x2="{Side - Margin}" y2="{Margin}" stroke="#888"/>
            <text x="{Side / 2}" y="{Side - 10}" text-anchor="middle" font-size="12">measured ({Math.Exp(least):G3} to {Math.Exp(most):G3})</text>
            <text x="14" y="{Side / 2}" text-anchor="middle" font-size="12" transform="rotate(-90 14 {Side / 2})">predicted</text>
            """);
        var step = Math.Max(1, rows.Count / MostPoints);
        for (var i = 0; i < rows.Count; i += step)
        {
            var row = rows[i];
            var inside = row.Measured >= row.Range.Low && row.Measured <= row.Range.High;
            html.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{At(row.Measured):F1}\" cy=\"{Side - At(row.Range.Median):F1}\" r=\"1.6\" fill=\"{(inside ? "#2166ac" : "#d6604d")}\"/>");
        }

        html.Append("</svg>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
