using Microsoft.AspNetCore.Components.Routing;
using PcBench.Contracts.Api;
using PcBench.Web.Api;

namespace PcBench.Web.Pages;

public partial class Predict
{
    private PredictForm form = new();
    private IReadOnlyList<string> names = [];
    private string? question;
    private bool incomplete;

    /// <inheritdoc/>
    protected override string? Question => question;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Read();
        Navigation.LocationChanged += Moved;
        names = [.. (await Client.CpusAsync(CancellationToken.None)).Value?.Cpus.Select(cpu => cpu.Name) ?? []];
    }

    /// <inheritdoc/>
    protected override Task<Answer<Prediction>> AskAsync(CancellationToken cancel) => Client.PredictAsync(form.ToRequest(), cancel);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Navigation.LocationChanged -= Moved;
        base.Dispose(disposing);
    }

    private void Go()
    {
        incomplete = !form.IsComplete;
        if (!incomplete)
            Navigation.NavigateTo($"predict{form.ToQueryString()}");
    }

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(async () =>
    {
        if (!Navigation.ToBaseRelativePath(moved.Location).StartsWith("predict", StringComparison.Ordinal))
            return;
        Read();
        await OnParametersSetAsync();
        StateHasChanged();
    });

    private void Read()
    {
        form = PredictForm.Of(new Uri(Navigation.Uri));
        question = form.IsComplete ? form.ToQueryString() : null;
    }
}
