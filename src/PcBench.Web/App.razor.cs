using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using PcBench.Web.Browser;

namespace PcBench.Web;

public sealed partial class App : IDisposable
{
    private bool moved;

    [Inject]
    private Languages Languages { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Languages.Changed -= StateHasChanged;
        Navigation.LocationChanged -= Moved;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Languages.Changed += StateHasChanged;
        Navigation.LocationChanged += Moved;
    }

    // The heading takes the focus when a page follows another. On the first one the browser's own order holds, so that
    // the first Tab meets the skip link.
    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        moved = true;
        StateHasChanged();
    }
}
