using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using PcBench.Web;
using PcBench.Web.Api;
using PcBench.Web.Browser;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

// The API is of the same origin; nothing else is ever asked.
builder.Services.AddSingleton(new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) });
builder.Services.AddSingleton<PcBenchClient>();
builder.Services.AddSingleton<BrowserStore>();
builder.Services.AddSingleton<Languages>();
builder.Services.AddSingleton<CompareBasket>();
builder.Services.AddSingleton(TimeProvider.System);

var app = builder.Build();
await app.Services.GetRequiredService<Languages>().StartAsync();
await app.RunAsync();
