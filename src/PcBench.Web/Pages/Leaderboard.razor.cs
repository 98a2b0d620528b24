using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Web.Api;

namespace PcBench.Web.Pages;

public partial class Leaderboard
{
    // Cursors lead forward only; the way back is remembered as long as the page is open.
    private readonly Dictionary<string, string?> previous = [];
    private LeaderboardQuery query = new();
    private ElementReference summary;
    private string? shownAfter;

    [SupplyParameterFromQuery(Name = "board")]
    private string? BoardName { get; set; }

    [SupplyParameterFromQuery]
    private string? Vendor { get; set; }

    [SupplyParameterFromQuery]
    private string? Cpu { get; set; }

    [SupplyParameterFromQuery]
    private string? Cores { get; set; }

    [SupplyParameterFromQuery]
    private string? Os { get; set; }

    [SupplyParameterFromQuery]
    private string? Virtual { get; set; }

    [SupplyParameterFromQuery]
    private string? Since { get; set; }

    [SupplyParameterFromQuery]
    private string? Until { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    /// <inheritdoc/>
    protected override string? Question => query.ToQueryString();

    /// <inheritdoc/>
    protected override bool KeepsAnswer => true;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        query = new LeaderboardQuery
        {
            Board = string.IsNullOrWhiteSpace(BoardName) ? LeaderboardQuery.DefaultBoard : BoardName,
            Vendor = Vendor,
            Cpu = Cpu,
            Cores = Cores,
            Os = Os,
            Virtual = Virtual,
            Since = Since,
            Until = Until,
            After = After,
        };
        return base.OnParametersSetAsync();
    }

    // The link that was followed stands under the rows; after it, reading goes on at their top.
    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Busy || shownAfter == query.After || Answer?.Value is null)
            return;
        shownAfter = query.After;
        await summary.FocusAsync();
    }

    /// <inheritdoc/>
    protected override async Task<Answer<LeaderboardPage>> AskAsync(CancellationToken cancel)
    {
        var asked = query;
        var answer = await Client.LeaderboardAsync(asked, cancel);
        if (answer.Value?.Next is { } next)
            previous[next] = asked.After;
        return answer;
    }

    // Relative to <base>, so the start page's filters are a bare query string.
    private static string Address(LeaderboardQuery query) => query.ToQueryString();
}
