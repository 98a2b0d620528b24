using Microsoft.AspNetCore.Components;
using PcBench.Web.Api;
using PcBench.Web.Text;

namespace PcBench.Web.Components;

/// <summary>A page that shows one answer of the API, and asks again when its address asks for another.</summary>
/// <typeparam name="TView">Type of the answer.</typeparam>
public abstract class ViewPage<TView> : TextComponent, IDisposable
    where TView : class
{
    private CancellationTokenSource? loading;
    private string? loaded;

    /// <summary>The answer; null while the first one is awaited.</summary>
    protected Answer<TView>? Answer { get; private set; }

    /// <summary>Whether an answer is awaited.</summary>
    protected bool Busy { get; private set; }

    /// <summary>The API.</summary>
    [Inject]
    protected PcBenchClient Client { get; set; } = null!;

    /// <summary>The address.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>What is asked for; null where there is nothing to ask.</summary>
    protected abstract string? Question { get; }

    /// <summary>Whether the old answer stays in sight while the new one is awaited.</summary>
    protected virtual bool KeepsAnswer => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops waiting.</summary>
    protected virtual void Dispose(bool disposing)
    {
        loading?.Cancel();
        loading?.Dispose();
        loading = null;
    }

    /// <summary>Asks.</summary>
    protected abstract Task<Answer<TView>> AskAsync(CancellationToken cancel);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // A change of language sets the parameters too; it is no reason to ask again.
        if (Question == loaded)
            return;
        loaded = Question;
        await LoadAsync();
    }

    /// <summary>Asks, unless there is nothing to ask; a question still under way is given up.</summary>
    protected async Task LoadAsync()
    {
        Dispose(disposing: false);
        if (!KeepsAnswer || Answer?.Value is null || Question is null)
            Answer = null;
        if (Question is null)
            return;
        var mine = loading = new CancellationTokenSource();
        Busy = true;
        try
        {
            Answer = await AskAsync(mine.Token);
            Busy = false;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // A newer question, or another page, took its place.
        }
    }
}
