using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Web.Api;

namespace PcBench.Web.Pages;

public sealed partial class LeaderboardFilters : IDisposable
{
    private const int LeastToSearch = 2; // characters
    private const int MaxChoices = 8;

    private readonly CancellationTokenSource gone = new();
    private readonly SortedDictionary<string, string> models = new(StringComparer.Ordinal); // names by id
    private IReadOnlyList<CpuSummary>? choices; // models that what was typed may mean
    private string? typed;
    private string? filtered;
    private bool loaded;
    private bool searching;
    private bool open;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public LeaderboardQuery Query { get; set; } = new();

    /// <summary>CPU vendors that are on the board.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Vendors { get; set; } = [];

    /// <summary>Raised with what shall be shown.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LeaderboardQuery> Changed { get; set; }

    [Inject]
    private PcBenchClient Client { get; set; } = null!;

    // The address has the id of the model; people know it by its name.
    private string? ModelName => Query.Cpu is { } id ? models.GetValueOrDefault(id, id) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (filtered == Query.Cpu)
            return;
        filtered = Query.Cpu;
        typed = null;
        choices = null;
    }

    private static string? Text(ChangeEventArgs change) =>
        change.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private Task ChangeAsync(LeaderboardQuery query) => Changed.InvokeAsync(query);

    // The names are help for typing: they are asked for only when somebody is about to type, and may be missing.
    private async Task LoadModelsAsync()
    {
        if (!loaded && (await Client.CpusAsync(gone.Token)).Value is { } list)
        {
            loaded = true;
            Know(list.Cpus);
        }
    }

    // One search at a time: what is typed meanwhile is asked for when its answer is there.
    private async Task SuggestAsync(ChangeEventArgs change)
    {
        typed = change.Value?.ToString();
        choices = null;
        if (searching)
            return;
        searching = true;
        for (string? asked = null; asked != typed && typed?.Trim() is { Length: >= LeastToSearch } words;)
        {
            asked = typed;
            Know((await Client.SearchAsync(words, gone.Token)).Value?.Cpus ?? []);
        }

        searching = false;
    }

    private async Task TakeAsync(ChangeEventArgs change)
    {
        typed = change.Value?.ToString();
        choices = null;
        if (Text(change) is not { } words)
        {
            await FilterAsync(null);
            return;
        }

        var id = CpuName.Id(words);
        if (models.ContainsKey(id))
        {
            await FilterAsync(id);
            return;
        }

        IReadOnlyList<CpuSummary> found = [];
        if (words.Length >= LeastToSearch)
        {
            var answer = await Client.SearchAsync(words, gone.Token);
            if (answer.Failure is { Kind: not FailureKind.Refused })
            {
                await FilterAsync(id); // the board says what is wrong with the server, or finds the model
                return;
            }

            found = answer.Value?.Cpus ?? [];
        }

        Know(found);
        if (found is [var only])
            await TakeAsync(only);
        else if (models.ContainsKey(id))
            await FilterAsync(id);
        else
            choices = found;
    }

    private Task TakeAsync(CpuSummary model) => FilterAsync(model.Id);

    private Task FilterAsync(string? cpu)
    {
        typed = null;
        choices = null;
        return ChangeAsync(Query with { Cpu = cpu, After = null });
    }

    private void Know(IEnumerable<CpuSummary> found)
    {
        foreach (var model in found)
            models[model.Id] = model.Name;
    }
}
