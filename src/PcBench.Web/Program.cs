using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using PcBench.Web;
using PcBench.Web.Api;
using PcBench.Web.Browser;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

// The API is of the same origin; nothing else is ever asked.
builder.Services.AddSingleton<BrowserFetch>();
builder.Services.AddSingleton<Transport>(services => services.GetRequiredService<BrowserFetch>().SendAsync);
builder.Services.AddSingleton<PcBenchClient>();
builder.Services.AddSingleton<BrowserStore>();
builder.Services.AddSingleton<Languages>();
builder.Services.AddSingleton<CompareBasket>();

var app = builder.Build();
await app.Services.GetRequiredService<Languages>().StartAsync();
await app.RunAsync();
