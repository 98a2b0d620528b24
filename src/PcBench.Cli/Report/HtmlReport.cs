using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Report;

/// <summary>A result as one page that needs neither network nor script.</summary>
internal static class HtmlReport
{
    public static string Of(string id, ResultDocument result)
    {
        var name = CpuName.Display(result.Machine.Cpu.Model);
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>{name}: PcBench</title>
            {ReportStyle.Element}
            </head>
            <body>
            <header>
            <p class="brand">PcBench</p>
            <h1>{name}</h1>
            <p class="sub">{Words.Threads(result.Machine.Cpu.Threads)} · {Words.Gib(result.Machine.Memory.TotalMib)} · {result.Machine.Os.Name} · measured {result.Run.StartedAt:yyyy-MM-dd HH:mm} UTC</p>
            </header>
            <main>
            {Scores(ScoreFormula.Of(result))}
            {Marks(ResultMarks.Of(result))}
            {Workloads(result)}
            {MachineSection.Of(result)}
            {Method()}
            </main>
            <footer>Result {id} · {result.Agent.Name} {result.Agent.Version} · {result.Agent.Runtime} · {result.Run.Preset.ToString().ToLowerInvariant()} run, {result.Run.DurationSeconds:F0} s of at most {result.Run.BudgetSeconds:F0} s</footer>
            </body>
            </html>
            """).ToString();
    }

    private static Html Scores(IReadOnlyList<Score> scores)
    {
        if (scores.Count == 0)
            return Html.Of($"""<p class="note">No score: a score needs all workloads of its kind.</p>""");
        var scale = ScoreScale.Of(scores);
        return Html.Of($"""
            <section class="scores" aria-label="Scores">
            {Html.Join(scores.Select(score => Html.Of($"""
                <article>
                <h2>{Words.Kind(score.Kind)}</h2>
                <p class="points">{score.Value:F0}</p>
                <p class="sub">{Words.Interval(score)}</p>
                {scale.Draw(score)}
                </article>
                """)))}
            </section>
            <p class="note">1000 points are the reference machine (the thin line). The band holds the true score with 95 % confidence.</p>
            """);
    }

    private static Html Marks(IReadOnlyList<MarkEvidence> marks) => marks.Count == 0 ? Html.Empty : Html.Of($"""
        <section class="marks" aria-label="Marks">
        {Html.Join(marks.Select(mark => Html.Of($"<p><strong>{mark.Mark}</strong> {mark.Evidence} <em>{mark.Advice}</em></p>")))}
        </section>
        """);

    private static Html Workloads(ResultDocument result)
    {
        var views = result.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>().ToLookup(view => view.Kind);
        return Html.Join(Enum.GetValues<ScoreKind>().Where(views.Contains).Select(kind => Html.Of($"""
            <section>
            <h2>{Words.Kind(kind)}</h2>
            <table>
            <thead><tr><th scope="col">Workload</th><th scope="col">Figure</th><th scope="col">Points</th><th scope="col">Median, 95 % interval</th><th scope="col">Samples</th></tr></thead>
            <tbody>
            {Html.Join(views[kind].Select(Workload))}
            </tbody>
            </table>
            </section>
            """)));
    }

    private static Html Workload(WorkloadView view) => Html.Of($"""
        <tr>
        <th scope="row">{view.Title}{(view.Variant is { } variant ? Html.Of($"<small>{variant}</small>") : Html.Empty)}</th>
        <td class="figure" data-name="Figure">{Words.Number(view.Figure)} <span>{view.Unit}</span>{(view.Agreed ? Html.Empty : Html.Of($"<small class=\"warn\">not agreed</small>"))}</td>
        <td data-name="Points">{(view.Points is { } points ? $"{points:F0}" : "")}</td>
        <td data-name="Median">{Words.Number(view.Median.Median)}<small>{Words.Number(view.Median.Low)} to {Words.Number(view.Median.High)}</small></td>
        <td>{SampleStrip.Draw(view)}<small>{view.Samples.Count} samples, spread {100 * view.CoefficientOfVariation:F1} %</small></td>
        </tr>
        """);

    private static Html Method() => Html.Of($"""
        <section class="method">
        <h2>How scores are made</h2>
        <p>Each sample is a fixed amount of work whose output is checked. Samples of all workloads are taken in turns, so a disturbance touches all of them a little.</p>
        <p>Noise on a PC only slows. So the figure of a processor or memory workload is its agreed best: the mean of the three best samples once they lie within 1 % of each other. A disk's noise has two sides, so there it is the median. The median with its interval says what a user of this machine sees.</p>
        <p>A score is 1000 times the weighted geometric mean of figure ÷ reference figure over the workloads of its kind, formula version {ScoreFormula.Version}. The reference: {WorkloadCatalog.ReferenceMachine}. No other machine changes it.</p>
        <p>In the strips each dot is a sample, the first on top, the better to the right; the band is the interval of the median, the line is the figure.</p>
        </section>
        """);
}
