using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PcBench.Web.Text;

namespace PcBench.Web.Layout;

public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? boundary;
    private string skip = "#main";

    /// <summary>Texts, numbers and dates in the language of the reader.</summary>
    [CascadingParameter]
    public Strings T { get; set; } = Strings.English;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= Moved;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Navigation.LocationChanged += Moved;
        skip = SkipTarget();
    }

    // A page that broke must not stand in the way of the next one.
    private void Moved(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs e)
    {
        boundary?.Recover();
        skip = SkipTarget();
        StateHasChanged();
    }

    // A bare "#main" would be taken relative to <base href="/"> and lead to the start page.
    private string SkipTarget() => Navigation.Uri.Split('#')[0] + "#main";
}
