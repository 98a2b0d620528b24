using Bunit;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using PcBench.Web.Charts;

namespace PcBench.WebTests.Charts;

public sealed class ChartTests
{
    [Fact]
    public void An_interval_bar_draws_the_value_between_the_ends_of_its_interval()
    {
        using var web = new WebContext();

        var bar = web.Render<IntervalBar>(chart => chart
            .Add(x => x.Value, 50).Add(x => x.Low, 40).Add(x => x.High, 60).Add(x => x.Scale, new Scale(0, 100)).Add(x => x.Label, "fifty"));

        bar.Find(".bar").GetAttribute("width").ShouldBe("50%");
        bar.Find(".whisker").GetAttribute("x1").ShouldBe("40%");
        bar.Find(".whisker").GetAttribute("x2").ShouldBe("60%");
        bar.Find("svg").GetAttribute("aria-label").ShouldBe("fifty");
        bar.FindAll(".reference").ShouldBeEmpty();
    }

    [Fact]
    public void A_dot_strip_shows_every_sample_in_order_and_which_of_them_count()
    {
        using var web = new WebContext();

        var strip = web.Render<DotStrip>(chart => chart
            .Add(x => x.Samples, [100, 99.5, 80, 99.9]).Add(x => x.Median, new MedianInterval(99.7, 80, 100, 0.88)).Add(x => x.Figure, 99.8)
            .Add(x => x.Label, "Sorting").Add(x => x.Description, "4 samples"));

        var dots = strip.FindAll("circle");
        dots.Select(dot => dot.GetAttribute("cx")).ShouldBe(["12.5%", "37.5%", "62.5%", "87.5%"]);
        dots.Select(dot => dot.ClassName).ShouldBe(["best", "best", "sample", "best"]);
        strip.Find("title").TextContent.ShouldBe("Sorting");
        strip.Find("svg").GetAttribute("aria-labelledby")!.Split(' ').ShouldContain(strip.Find("desc").Id);
    }

    [Fact]
    public void A_histogram_draws_each_step_and_marks_one_result()
    {
        using var web = new WebContext();

        var chart = web.Render<HistogramChart>(histogram => histogram
            .Add(x => x.Data, new Histogram(900, 50, [1, 4, 2])).Add(x => x.Median, 975).Add(x => x.Value, 1200).Add(x => x.Label, "spread"));

        chart.FindAll(".step").Count.ShouldBe(3);
        chart.FindAll(".step")[1].GetAttribute("height").ShouldBe("76");
        chart.FindAll("circle.mark").Count.ShouldBe(1);
        Percent(chart.Find("circle.mark").GetAttribute("cx")).ShouldBeInRange(80, 100);
    }

    [Theory]
    [InlineData(Verdict.Better, "better")]
    [InlineData(Verdict.Worse, "worse")]
    [InlineData(Verdict.NotDistinguishable, "same")]
    public void A_forest_row_wears_its_verdict(Verdict verdict, string expected)
    {
        using var web = new WebContext();

        var row = web.Render<ForestRow>(chart => chart
            .Add(x => x.Value, new Comparison(1.2, 1.1, 1.3, 0.95, verdict)).Add(x => x.Scale, Scale.Ratios([1.1, 1.3])).Add(x => x.Label, "ratio"));

        row.Find("svg").ClassList.ShouldContain(expected);
        Percent(row.Find(".point").GetAttribute("cx")).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_box_plot_without_percentiles_is_the_median_alone()
    {
        using var web = new WebContext();

        var bar = web.Render<RangeBar>(chart => chart
            .Add(x => x.Median, 10).Add(x => x.Low, 9).Add(x => x.High, 11).Add(x => x.Scale, new Scale(0, 20)).Add(x => x.Label, "ten"));

        bar.FindAll(".half").ShouldBeEmpty();
        bar.Find(".point").GetAttribute("x1").ShouldBe("50%");
    }

    [Fact]
    public void Even_one_place_of_a_hundred_thousand_is_seen()
    {
        using var web = new WebContext();

        var strip = web.Render<RankStrip>(chart => chart.Add(x => x.Rank, new RankInterval(100_000, 100_000, 100_000)));

        Percent(strip.Find(".piece").GetAttribute("width")).ShouldBeGreaterThan(2);
        (Percent(strip.Find(".piece").GetAttribute("x")) + Percent(strip.Find(".piece").GetAttribute("width"))).ShouldBeLessThanOrEqualTo(100);
    }

    private static double Percent(string? coordinate) =>
        double.Parse(coordinate!.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
