using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using PcBench.Web.Text;

namespace PcBench.Web.Layout;

public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? boundary;
    private ElementReference main;

    /// <summary>Texts, numbers and dates in the language of the reader.</summary>
    [CascadingParameter]
    public Strings T { get; set; } = Strings.English;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= Moved;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    // A page that broke must not stand in the way of the next one.
    private void Moved(object? sender, LocationChangedEventArgs e) => boundary?.Recover();

    // A link to #main would be taken relative to <base>, and would scroll without moving the focus.
    private async Task SkipAsync() => await main.FocusAsync();
}
