using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Workloads;
using PcBench.Web.Api;
using PcBench.Web.Pages;

namespace PcBench.WebTests.Pages;

public sealed class ResultTests
{
    private const string Address = "api/v1/results/abc";

    [Fact]
    public void A_result_shows_scores_places_marks_assessment_and_every_workload()
    {
        using var web = new WebContext();
        web.Api.Answer(Address, Sample.View("abc"), ApiJson.Default.ResultView);

        var page = Show(web);

        page.Find("h1").TextContent.ShouldBe("AMD Ryzen 9 7950X");
        page.FindAll(".score").Count.ShouldBe(4);
        page.Find(".score .place").TextContent.ShouldContain("3–7");
        page.Find(".mark").TextContent.ShouldContain("Runs under KVM.");
        page.Find(".assessment li").TextContent.ShouldContain("Much faster than its kind.");
        page.FindAll(".workload").Count.ShouldBe(WorkloadCatalog.Scored.Count);
        page.FindAll(".owner").ShouldBeEmpty();
    }

    [Fact]
    public void The_owner_token_leaves_the_visible_address_and_goes_with_the_request()
    {
        using var web = new WebContext();
        web.Api.Answer(Address, Sample.View("abc", owned: true), ApiJson.Default.ResultView);
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("results/abc#owner=abc.123.sig");

        var page = Show(web);

        navigation.Uri.ShouldBe("http://localhost/results/abc");
        web.Api.Requests.ShouldHaveSingleItem().Owner.ShouldBe("abc.123.sig");
        web.JSInterop.Invocations["pcbench.setOwner"].ShouldHaveSingleItem().Arguments.ShouldBe(["abc", "abc.123.sig"]);
        page.FindAll(".owner").Count.ShouldBe(1);
    }

    [Fact]
    public void Deleting_asks_first_and_ends_in_a_state_that_says_so()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<string?>("pcbench.owner", "abc").SetResult("abc.123.sig");
        web.Api.Answer(Address, Sample.View("abc", owned: true), ApiJson.Default.ResultView);
        var page = Show(web);

        page.Find(".owner > button.danger").Click();
        web.JSInterop.Invocations["pcbench.showModal"].Count.ShouldBe(1);
        web.Api.Requests.ShouldAllBe(request => request.Method == "GET");
        web.Api.Answer(Address, new ApiResponse(204));
        page.Find("dialog button.danger").Click();

        web.Api.Requests[^1].Method.ShouldBe("DELETE");
        page.Find("h1").TextContent.ShouldBe("Deleted");
        page.FindAll(".score").ShouldBeEmpty();
    }

    [Fact]
    public void A_failed_deletion_leaves_the_result_and_says_why()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<string?>("pcbench.owner", "abc").SetResult("abc.123.sig");
        web.Api.Answer(Address, Sample.View("abc", owned: true), ApiJson.Default.ResultView);
        var page = Show(web);

        web.Api.Answer(Address, new ApiResponse(403));
        page.Find("dialog button.danger").Click();

        page.Find(".owner .said").TextContent.ShouldContain("pcbench link");
        page.FindAll(".score").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Changing_the_visibility_sends_the_choice()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<string?>("pcbench.owner", "abc").SetResult("abc.123.sig");
        web.Api.Answer(Address, Sample.View("abc", owned: true), ApiJson.Default.ResultView);
        web.Api.Answer(Address + "/visibility", new ApiResponse(204));
        var page = Show(web);

        await page.FindAll(".owner input")[0].ChangeAsync(new ChangeEventArgs { Value = "on" });

        web.Api.Requests.ShouldContain(new ApiRequest("PUT", Address + "/visibility", "abc.123.sig", """{"visibility":"private"}"""));
        page.WaitForAssertion(() => page.Find(".owner .said").TextContent.ShouldContain("Private"));
    }

    [Fact]
    public void What_is_not_there_is_explained_without_a_retry()
    {
        using var web = new WebContext();

        var page = Show(web);

        page.Find(".failure").TextContent.ShouldContain("There is no such result");
        page.FindAll(".failure button").ShouldBeEmpty();
    }

    [Fact]
    public void An_expired_owner_link_does_not_hide_a_public_result()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<string?>("pcbench.owner", "abc").SetResult("abc.1.old");
        web.Api.Answer(Address, request => new ApiResponse(request.Owner is null ? 404 : 401));

        Show(web);

        web.Api.Requests.Count.ShouldBe(2);
        web.Api.Requests[1].Owner.ShouldBeNull();
    }

    private static IRenderedComponent<Result> Show(WebContext web) => web.Render<Result>(page => page.Add(x => x.Id, "abc"));
}
