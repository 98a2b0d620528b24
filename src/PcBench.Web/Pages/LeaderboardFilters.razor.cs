using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Web.Api;

namespace PcBench.Web.Pages;

public sealed partial class LeaderboardFilters : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<CpuSummary> models = [];
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
    private string? ModelName => models.FirstOrDefault(model => model.Id == Query.Cpu)?.Name ?? Query.Cpu;

    /// <inheritdoc/>
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private static string? ModelId(string? name) => name is null ? null : CpuName.Id(name);

    private static string? Text(ChangeEventArgs change) =>
        change.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private Task ChangeAsync(LeaderboardQuery query) => Changed.InvokeAsync(query);

    // The names are help for typing: they are asked for only when somebody is about to type, and may be missing.
    private async Task LoadModelsAsync()
    {
        if (models.Count == 0 && (await Client.CpusAsync(gone.Token)).Value is { } list)
            models = list.Cpus;
    }
}
