using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Web.Api;
using PcBench.Web.Browser;
using PcBench.Web.Text;

namespace PcBench.WebTests;

/// <summary>A browser without a browser: pages run against canned answers of the API.</summary>
internal sealed class WebContext : BunitContext
{
    public WebContext(Strings? language = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(new PcBenchClient(Api.SendAsync));
        Services.AddSingleton<BrowserStore>();
        Services.AddSingleton<Languages>();
        Services.AddSingleton<CompareBasket>();
        RenderTree.Add<CascadingValue<Strings>>(parameters => parameters.Add(cascade => cascade.Value, language ?? Strings.English));
    }

    public CannedApi Api { get; } = new();
}
