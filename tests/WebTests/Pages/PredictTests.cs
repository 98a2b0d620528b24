using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;
using PcBench.Web.Api;
using PcBench.Web.Components;
using PcBench.Web.Pages;
using PcBench.Web.Text;

namespace PcBench.WebTests.Pages;

public sealed class PredictTests
{
    private static readonly Prediction Known = new(
        [
            new MetricPrediction("geekbench6.multi", "Geekbench 6, multi-core", "points", Basis.Model, 12_000, 10_000, 14_500, 1.6, [new Contribution("cores", "16 cores, 32 threads", 1.8)]),
            new MetricPrediction("sort.single", "sort.single", "MB/s", Basis.NotEnoughData, null, null, null, Note: "2 figures are too few."),
        ],
        [new NearMachine("AMD EPYC 7763", 16, 32, 0.93, new Dictionary<string, double> { ["geekbench6.multi"] = 11_500 }, "Spare Cores")],
        [new PredictionNote("unknown", "memoryMts", "The rate of the memory is not known.")],
        "m-20261124-8f3a91c2");

    [Fact]
    public void The_form_puts_its_question_into_the_address_and_shows_the_interval()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/cpus", new CpuList([new CpuSummary("fast", "Fast One", "AMD", 3, 2000, 9000)]), ApiJson.Default.CpuList);
        web.Api.Answer("api/v1/predict", Known, ApiJson.Default.Prediction);
        var page = web.Render<Predict>();
        page.Find("datalist option").GetAttribute("value").ShouldBe("Fast One");

        page.Find("input[list]").Change("AMD Ryzen 9 7950X");
        page.FindAll("input[type=number]")[1].Change("32");
        page.Find("form").Submit();

        web.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("predict?cpu=AMD%20Ryzen%209%207950X&threads=32");
        var asked = web.Api.Requests.Single(request => request.Path == "api/v1/predict");
        asked.Body!.ShouldContain("\"cpuModel\":\"AMD Ryzen 9 7950X\"");
        asked.Body!.ShouldContain("\"threads\":32");
        page.Find("svg.interval-bar").GetAttribute("aria-label")!.ShouldContain("12,000 points, 90 % interval 10,000 to 14,500");
        page.Markup.ShouldContain("1.6 times wider");
        page.FindAll(".predictions tbody tr").Count.ShouldBe(1);
        page.Markup.ShouldContain("Too little data");
        page.Markup.ShouldContain("Sorting, one thread");
        page.Find(".contributions").TextContent.ShouldContain("1.80");
        page.Find(".nearest").TextContent.ShouldContain("AMD EPYC 7763");
        page.Find(".notes").TextContent.ShouldContain("not known");
    }

    [Fact]
    public void Nothing_is_asked_without_a_processor_and_an_absent_service_is_named()
    {
        using var web = new WebContext();
        var page = web.Render<Predict>();

        page.Find("form").Submit();
        page.Find("[role=alert]").TextContent.ShouldContain("Give the processor");
        web.Api.Requests.ShouldAllBe(request => request.Path != "api/v1/predict");

        web.Api.Answer("api/v1/predict", new ApiResponse(503, """{"title":"No prediction","status":503}"""));
        web.Services.GetRequiredService<NavigationManager>().NavigateTo("predict?cpu=x");
        page.WaitForElement(".panel.failure").TextContent.ShouldContain("does not answer just now");
    }

    [Theory]
    [InlineData("?cpu=A%20B&threads=8&base=3.5&l3=32&memory=64&hypervisor=none")]
    [InlineData("?threads=12")]
    [InlineData("")]
    public void An_address_is_read_as_it_was_written(string query) =>
        PredictForm.Of(new Uri($"http://localhost/predict{query}")).ToQueryString().ShouldBe(query);

    [Fact]
    public void What_is_no_number_is_not_known() =>
        PredictForm.Of(new Uri("http://localhost/predict?cpu=x&cores=many&threads=-3&base=1e400&memory=NaN")).ToRequest().Hardware
            .ShouldBe(new Hardware { CpuModel = "x" });

    [Fact]
    public void A_flagged_result_lets_its_owner_appeal()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/results/abc/appeal", new ApiResponse(204));
        var changed = false;
        var panel = web.Render<AppealPanel>(parameters => parameters.Add(x => x.Result, Flagged()).Add(x => x.Token, "token").Add(x => x.Changed, () => changed = true));

        panel.Find("button").HasAttribute("disabled").ShouldBeTrue();
        panel.Find("textarea").Input("The cooler is a large one.");
        panel.Find("button").Click();

        changed.ShouldBeTrue();
        web.Api.Requests.ShouldHaveSingleItem().ShouldBe(new ApiRequest("POST", "api/v1/results/abc/appeal", "token", """{"text":"The cooler is a large one."}"""));
    }

    [Theory]
    [InlineData(true, "counts in spite")]
    [InlineData(false, "the flag stands")]
    public void A_decision_is_shown_with_its_reason(bool accepted, string words)
    {
        using var web = new WebContext();
        var appeal = new AppealView("my words", default, new Decision(accepted, "looked at the samples", default));

        var panel = web.Render<AppealPanel>(parameters => parameters.Add(x => x.Result, Flagged() with { Appeal = appeal }));

        panel.Markup.ShouldContain(words);
        panel.Markup.ShouldContain("looked at the samples");
        panel.FindAll("textarea").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_measured_stands_beside_what_was_expected()
    {
        using var web = new WebContext(Strings.Russian);
        var result = Sample.View("abc");
        var single = result.Scores[0].Score.Value;
        web.Api.Answer("api/v1/results/abc/prediction", new Prediction([new MetricPrediction("single", "single", "points", Basis.SameModel, single, single * 0.9, single * 1.1)], null, [], null), ApiJson.Default.Prediction);
        var panel = web.Render<MeasuredPrediction>(parameters => parameters.Add(x => x.Result, result));
        web.Api.Requests.ShouldBeEmpty();

        panel.Find("button").Click();

        panel.FindAll("svg .reference").Count.ShouldBe(1);
        panel.FindAll("tbody td.number").Count.ShouldBe(2);
    }

    [Fact]
    public void A_model_that_only_other_programs_measured_has_a_page()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/cpus/xeon/imports", new CpuImports("xeon", "Intel Xeon", 2, [new ImportedFigures("geekbench6.single", "points", Better.Higher, "Geekbench 6", 2, 1144, 1133, 1155)]), ApiJson.Default.CpuImports);

        var page = web.Render<Cpu>(cpu => cpu.Add(x => x.Id, "xeon"));

        page.Find("h1").TextContent.ShouldBe("Intel Xeon");
        page.Find(".imported").TextContent.ShouldContain("geekbench6.single");
        page.Find(".imported").TextContent.ShouldContain("not ranked");
        page.FindAll(".score").ShouldBeEmpty();
    }

    private static ResultView Flagged() => Sample.View("abc", owned: true) with
    {
        Assessment = new Assessment(Fit.Flagged, 14, [new Finding("sort.single", "limit", "More than it can do.")], "same-model/1"),
    };
}
