using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Web.Api;
using PcBench.Web.Browser;

namespace PcBench.Web.Components;

public sealed partial class ComparedList : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<string, string> names = [];
    private Answer<SearchView>? found;
    private string words = "";

    /// <summary>Ids, the base first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Ids { get; set; } = [];

    /// <summary>What is known of them.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ComparedResult>? Results { get; set; }

    /// <summary>Raised with the ids that shall be compared.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<string>> Changed { get; set; }

    [Inject]
    private PcBenchClient Client { get; set; } = null!;

    [Inject]
    private BrowserStore Store { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        foreach (var result in Results ?? [])
            names[result.Id] = result.CpuName;

        // A single result is not compared yet, so nothing else has told its name.
        if (Ids is [var only] && !names.ContainsKey(only) && (await Client.ResultAsync(only, await Store.OwnerAsync(only), gone.Token)).Value is { } view)
            names[only] = view.CpuName;
    }

    private string NameOf(string id) => names.GetValueOrDefault(id, T["result.title"]);

    private async Task FindAsync()
    {
        if (!string.IsNullOrWhiteSpace(words))
            found = await Client.SearchAsync(words.Trim(), gone.Token);
    }

    private Task AddAsync(string id)
    {
        found = null;
        words = "";
        return Changed.InvokeAsync([.. Ids, id]);
    }
}
