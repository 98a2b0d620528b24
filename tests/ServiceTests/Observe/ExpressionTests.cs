using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Ml;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>A real Prometheus beside real services under load: does every expression find what it asks for?</summary>
[Collection(AreWatched.Name)]
public sealed class ExpressionTests(Watched watched, TestServers servers, TrainedOnce once, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Every_expression_of_dashboards_and_rules_returns_data_or_has_a_reason()
    {
        await watched.StartAsync(servers, once);
        watched.LetBeRude(true);
        var folder = await Rendered.Async(watched.Contours);
        await Rendered.ScrapeEveryAsync(folder, "1s");
        await using var prometheus = await PrometheusServer.StartAsync(folder);
        await prometheus.AllAreUpAsync(watched.Targets);
        foreach (var contour in watched.Contours)
        {
            await contour.RunAsync("events publish release.verified 0.1.0");
            await FailOnceAsync(contour);
        }

        var rules = await prometheus.RulesAsync();
        var expressions = watched.Contours.SelectMany(contour => Expressions.OfDashboards(folder, contour.Name))
            .Concat(rules.Select(rule => new Expression($"rule {rule.Name}", rule.IsAlert ? Expressions.WithoutThresholds(rule.Query) : rule.Query, null, IsPanel: false))).ToList();
        expressions.Count.ShouldBeGreaterThan(3 * 150);

        var absent = new Absent();
        var problems = await ProblemsOf(expressions, prometheus, absent);

        problems.ShouldBeEmpty();
        absent.Unused.ShouldBeEmpty("reasons in deploy/observe/absent.yaml for what is there");
        (await prometheus.RulesAsync()).Where(rule => rule.Health != "ok").Select(rule => $"{rule.Name}: {rule.Error}").ShouldBeEmpty();
        output.WriteLine($"{expressions.Count} expressions, {rules.Count} of them of rules");
    }

    /// <summary>A submission and a page that the database does not answer: errors of which there are figures.</summary>
    private static async Task FailOnceAsync(WatchedContour contour)
    {
        using var http = new HttpClient { BaseAddress = contour.Address };
        await contour.ExecuteAsync("alter table result rename to result_elsewhere");
        using var answer = await http.PostResultAsync(new ResultBuilder().Signed());
        var page = await http.StatusAsync("/api/v1/leaderboard?vendor=AMD&cores=8-16&limit=13"); // which nobody has asked for before
        await contour.ExecuteAsync("alter table result_elsewhere rename to result");
        (answer.StatusCode, page).ShouldSatisfyAllConditions(both => ((int)both.StatusCode).ShouldBeGreaterThanOrEqualTo(500), both => ((int)both.page).ShouldBeGreaterThanOrEqualTo(500));
    }

    /// <summary>Asks until all have data: some are there a moment after what they tell of.</summary>
    private static async Task<List<string>> ProblemsOf(List<Expression> expressions, PrometheusServer prometheus, Absent absent)
    {
        var (left, problems) = (expressions, new List<string>());
        try
        {
            await Client.UntilAsync(async () =>
            {
                var found = new List<(Expression Expression, List<string> Problems)>();
                foreach (var expression in left)
                    found.Add((expression, await ProblemsOf(expression, prometheus, absent)));
                problems = [.. found.SelectMany(one => one.Problems)];
                left = [.. found.Where(one => one.Problems.Count > 0).Select(one => one.Expression)];
                return left.Count == 0;
            }, Patience);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // What is left is told.
        }

        return problems;
    }

    private static async Task<List<string>> ProblemsOf(Expression expression, PrometheusServer prometheus, Absent absent)
    {
        var missing = new List<string>();
        foreach (var selector in Expressions.SelectorsOf(expression.Text))
        {
            if ((await prometheus.QueryAsync($"count(last_over_time({selector}[10m]))")).Count == 0)
                missing.Add(selector);
        }

        var problems = missing.Where(selector => !absent.Explains(selector)).Select(selector => $"{expression.Where}: there is no {selector}").ToList();
        if (missing.Count > problems.Count && expression.IsPanel && string.IsNullOrEmpty(expression.MayBeEmpty))
            problems.Add($"{expression.Where}: 'needs' does not say that it may be empty");
        var result = await prometheus.QueryAsync(expression.Text);
        if (missing.Count == 0 && !result.Any(series => double.IsFinite(series.Value)))
            problems.Add($"{expression.Where}: nothing but {(result.Count == 0 ? "nothing" : "NaN")} of {expression.Text}");
        return problems;
    }
}
