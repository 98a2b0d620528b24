using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PcBench.Contracts.Api;
using PcBench.Web.Api;

namespace PcBench.Web.Components;

public sealed partial class OwnerPanel : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private ElementReference dialog;
    private Failure? failure;
    private string said = "";
    private Visibility chosen;
    private bool busy;
    private ResultView? shown;

    /// <summary>The result.</summary>
    [Parameter, EditorRequired]
    public ResultView Result { get; set; } = null!;

    /// <summary>The proof of ownership.</summary>
    [Parameter, EditorRequired]
    public string Token { get; set; } = "";

    /// <summary>Raised after the visibility was changed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>Raised after the result was deleted.</summary>
    [Parameter]
    public EventCallback Deleted { get; set; }

    [Inject]
    private PcBenchClient Client { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(Result, shown))
            return; // while the new one loads, what was chosen stays
        shown = Result;
        chosen = Result.Visibility;
    }

    // The browser has marked the choice already; where it is refused the mark goes back to what holds.
    private async Task ChangeAsync(Visibility visibility)
    {
        chosen = visibility;
        if (await DoAsync(() => Client.SetVisibilityAsync(Result.Id, Token, visibility, gone.Token)))
        {
            said = T.Format("owner.changed", T.VisibilityOf(visibility));
            await Changed.InvokeAsync();
        }
        else
        {
            chosen = Result.Visibility;
        }
    }

    private async Task DeleteAsync()
    {
        var done = await DoAsync(() => Client.DeleteAsync(Result.Id, Token, gone.Token));
        await CloseAsync();
        if (done)
            await Deleted.InvokeAsync();
    }

    private async Task<bool> DoAsync(Func<Task<Failure?>> action)
    {
        busy = true;
        failure = await action();
        busy = false;
        if (failure is not null)
            said = failure.Problem?.Detail ?? T[failure.Kind == FailureKind.NotOwner ? "failure.notOwner.text" : "owner.failed"];
        return failure is null;
    }

    // A native dialog keeps the focus inside and closes with Escape by itself.
    private async Task AskAsync() => await Js.InvokeVoidAsync("pcbench.showModal", dialog);

    private async Task CloseAsync() => await Js.InvokeVoidAsync("pcbench.close", dialog);
}
