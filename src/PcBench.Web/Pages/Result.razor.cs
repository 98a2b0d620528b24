using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Web.Api;
using PcBench.Web.Browser;

namespace PcBench.Web.Pages;

public partial class Result
{
    private const string OwnerMark = "#owner=";

    private string? owner;
    private bool deleted;

    /// <summary>Id of the result.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override string? Question => Id;

    // After a change by its owner the result stays in sight.
    /// <inheritdoc/>
    protected override bool KeepsAnswer => Answer?.Value?.Id == Id;

    [Inject]
    private BrowserStore Store { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task<Answer<ResultView>> AskAsync(CancellationToken cancel)
    {
        deleted = false;
        owner = await OwnerAsync();
        var answer = await Client.ResultAsync(Id, owner, cancel);

        // A token that has run out must not hide a result that everybody may see.
        if (answer.Failure?.Kind == FailureKind.NotOwner && owner is not null)
        {
            await Store.SetOwnerAsync(Id, owner = null);
            answer = await Client.ResultAsync(Id, null, cancel);
        }

        return answer;
    }

    // The token stands after the #, where no server sees it. It is taken out of the visible address at once, so that
    // an address copied from the browser gives nobody the owner's rights.
    private async Task<string?> OwnerAsync()
    {
        var at = Navigation.Uri.IndexOf(OwnerMark, StringComparison.Ordinal);
        if (at < 0)
            return await Store.OwnerAsync(Id);
        var token = Uri.UnescapeDataString(Navigation.Uri[(at + OwnerMark.Length)..]);
        await Store.SetOwnerAsync(Id, token);
        Navigation.NavigateTo(Navigation.Uri[..at], replace: true);
        return token;
    }

    private async Task ForgetAsync()
    {
        await Store.SetOwnerAsync(Id, null);
        deleted = true;
    }
}
