using Microsoft.AspNetCore.Components;
using PcBench.Web.Browser;

namespace PcBench.Web;

public sealed partial class App : IDisposable
{
    [Inject]
    private Languages Languages { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Languages.Changed -= StateHasChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Languages.Changed += StateHasChanged;
}
