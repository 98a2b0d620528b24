using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Web.Pages;
using PcBench.Web.Text;

namespace PcBench.WebTests.Pages;

public sealed class LeaderboardTests
{
    [Fact]
    public void Rows_show_rank_as_an_interval_value_and_links_to_result_and_model()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 3, 7), Sample.Row("def", 958.6, 5, 9)]), ApiJson.Default.LeaderboardPage);

        var page = web.Render<Leaderboard>();

        page.FindAll("tbody tr").Count.ShouldBe(2);
        page.Find("tbody td.rank").TextContent.ShouldContain("3–7");
        page.Find("tbody td.number strong").TextContent.ShouldBe("1,630");
        page.FindAll("tbody td.number strong")[1].TextContent.ShouldBe("959");
        page.Find("tbody th a").GetAttribute("href").ShouldBe("results/abc");
        page.Find("tbody th .sub a").GetAttribute("href").ShouldBe("cpus/amd-ryzen-9-7950x");
        page.FindAll("tbody tr")[1].ClassList.ShouldContain("tied");
        page.Find("table caption").TextContent.ShouldContain("One thread");
    }

    [Fact]
    public void The_address_decides_what_is_asked_for()
    {
        using var web = new WebContext();
        web.Services.GetRequiredService<NavigationManager>().NavigateTo("?board=sort.multi&vendor=AMD&virtual=false&after=x%2Fy");

        web.Render<Leaderboard>();

        web.Api.Requests.ShouldHaveSingleItem().Path
            .ShouldBe("api/v1/leaderboard?board=sort.multi&vendor=AMD&virtual=false&after=x%2Fy");
    }

    [Fact]
    public void A_filter_goes_into_the_address_and_starts_at_the_first_page()
    {
        using var web = new WebContext();
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("?board=multi&after=cursor");
        var page = web.Render<Leaderboard>();

        page.FindAll("select")[2].Change("linux");

        navigation.Uri.ShouldEndWith("?board=multi&os=linux");
    }

    [Fact]
    public void A_model_is_filtered_by_its_name()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/cpus", new CpuList([new CpuSummary("amd-epyc-9354", "AMD EPYC 9354", "AMD", 3, 1000, 1000)]), ApiJson.Default.CpuList);
        var page = web.Render<Leaderboard>();

        page.Find("input[list]").Focus();
        page.Find("datalist option").GetAttribute("value").ShouldBe("AMD EPYC 9354");
        page.Find("input[list]").Change("AMD EPYC 9354");

        web.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("?cpu=amd-epyc-9354");
        page.Find("input[list]").GetAttribute("value").ShouldBe("AMD EPYC 9354");
    }

    [Fact]
    public void A_part_of_a_models_name_is_enough_where_one_model_has_it()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/search?q=7950X", new SearchView("7950X", [new CpuSummary("amd-ryzen-9-7950x", "AMD Ryzen 9 7950X", "AMD", 3, 1000, 1000)], []), ApiJson.Default.SearchView);
        var page = web.Render<Leaderboard>();

        page.Find("input[list]").Input("7950X");
        page.Find("datalist option").GetAttribute("value").ShouldBe("AMD Ryzen 9 7950X");
        page.Find("input[list]").Change("7950X");

        web.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("?cpu=amd-ryzen-9-7950x");
        page.Find("input[list]").GetAttribute("value").ShouldBe("AMD Ryzen 9 7950X");
        page.FindAll(".models-found p").ShouldBeEmpty();
    }

    [Fact]
    public void Where_several_models_have_it_one_is_chosen_and_where_none_has_it_is_said_what_to_do()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/search?q=7950", new SearchView("7950",
            [new CpuSummary("amd-ryzen-9-7950x", "AMD Ryzen 9 7950X", "AMD", 3, 1000, 1000), new CpuSummary("amd-ryzen-9-7950x3d", "AMD Ryzen 9 7950X3D", "AMD", 2, 1000, 1000)], []),
            ApiJson.Default.SearchView);
        web.Api.Answer("api/v1/search?q=nothing", new SearchView("nothing", [], []), ApiJson.Default.SearchView);
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        var page = web.Render<Leaderboard>();

        page.Find("input[list]").Change("nothing");
        page.Find(".models-found p").TextContent.ShouldStartWith("No model with public results has “nothing” in its name.");
        page.Find("input[list]").Change("7950");
        page.Find(".models-found p").TextContent.ShouldContain("Choose one");
        navigation.Uri.ShouldBe(navigation.BaseUri);
        page.FindAll(".models-found button")[1].Click();

        navigation.Uri.ShouldEndWith("?cpu=amd-ryzen-9-7950x3d");
        page.FindAll(".models-found p").ShouldBeEmpty();
    }

    [Fact]
    public void The_next_page_knows_the_way_back()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 1, 1)], next: "c2"), ApiJson.Default.LeaderboardPage);
        web.Api.Answer("api/v1/leaderboard?after=c2", Sample.Page([Sample.Row("def", 1500, 2, 2)], next: "c3"), ApiJson.Default.LeaderboardPage);
        web.Api.Answer("api/v1/leaderboard?after=c3", Sample.Page([Sample.Row("ghi", 1400, 3, 3)]), ApiJson.Default.LeaderboardPage);
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        var page = web.Render<Leaderboard>();

        navigation.NavigateTo(page.Find("a[rel=next]").GetAttribute("href")!);
        navigation.NavigateTo(page.Find("a[rel=next]").GetAttribute("href")!);

        page.FindAll("a[rel=next]").ShouldBeEmpty();
        page.Find("a[rel=prev]").GetAttribute("href").ShouldBe("?after=c2");
    }

    [Fact]
    public void An_empty_board_invites_and_an_empty_filter_offers_to_clear_it()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([]), ApiJson.Default.LeaderboardPage);
        web.Api.Answer("api/v1/leaderboard?os=windows", Sample.Page([]), ApiJson.Default.LeaderboardPage);
        var page = web.Render<Leaderboard>();

        page.Find(".empty a").GetAttribute("href").ShouldBe("measure");
        web.Services.GetRequiredService<NavigationManager>().NavigateTo("?os=windows");

        page.Find(".empty h2").TextContent.ShouldBe("Nothing matches");
    }

    [Fact]
    public void A_failure_of_the_server_shows_the_trace_id_and_a_retry_that_works()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", new ProblemView { Status = 500, TraceId = "00-abc" }, ApiJson.Default.ProblemView, 500);
        var page = web.Render<Leaderboard>();

        page.Find(".failure code").TextContent.ShouldBe("00-abc");
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 1, 1)]), ApiJson.Default.LeaderboardPage);
        page.Find(".failure button").Click();

        page.FindAll("tbody tr").Count.ShouldBe(1);
    }

    [Fact]
    public void A_refused_filter_is_named_with_its_fix()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard?since=abc", new ProblemView { Status = 400, Errors = [new FieldError("since", "abc", "It is not a day.", "Give it as 2026-11-22.")] },
            ApiJson.Default.ProblemView, 400);
        web.Services.GetRequiredService<NavigationManager>().NavigateTo("?since=abc");

        var page = web.Render<Leaderboard>();

        page.Find(".failure li").TextContent.ShouldBe("since = abc: It is not a day. Give it as 2026-11-22.");
    }

    [Fact]
    public void Hostile_names_are_shown_as_text()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1, 1, 1, "<script>alert(1)</script>")]), ApiJson.Default.LeaderboardPage);

        var page = web.Render<Leaderboard>();

        page.FindAll("script").ShouldBeEmpty();
        page.Find("tbody th a").TextContent.ShouldBe("<script>alert(1)</script>");
    }

    [Fact]
    public void In_Russian_numbers_and_words_are_Russian()
    {
        using var web = new WebContext(Strings.Russian);
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 1, 1)]), ApiJson.Default.LeaderboardPage);

        var page = web.Render<Leaderboard>();

        page.Find("h1").TextContent.ShouldBe("Рейтинг");
        page.Find("tbody td.number strong").TextContent.ShouldBe("1\u202F630");
        page.Find("thead .number").TextContent.ShouldBe("баллы");
    }
}
