using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;

[assembly: AssemblyFixture(typeof(PcBench.BrowserTests.BrowserFixture))]

namespace PcBench.BrowserTests;

/// <summary>One Chromium and one measured standalone for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] ChromiumNames = ["chromium", "chromium-browser", "google-chrome"];
    private readonly string? chromium = FindOnPath(ChromiumNames);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The standalone, with a result of this very machine.</summary>
    public StandaloneServer Server { get; } = new();

    /// <summary>Where screenshots are kept, to be looked at.</summary>
    public static string Screenshots { get; } =
        Directory.CreateDirectory(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../screenshots"))).FullName;

    /// <summary>Whether there is a browser; without one nothing was started.</summary>
    public bool HasBrowser => chromium is not null;

    /// <summary>Id of the result of this machine.</summary>
    public string MachineId => Server.BenchPage!.Segments[^1];

    /// <summary>File of the result of this machine.</summary>
    public string MachineDocument => Server.ResultFile(MachineId);

    public async ValueTask InitializeAsync()
    {
        if (chromium is null)
            return; // NewPageAsync skips or fails, test by test
        await Server.StartAsync(bench: true);
        Assertions.SetDefaultExpectTimeout(60_000); // a condition, not a speed: the runtime has to load first
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A page of a new visitor: nothing cached, nothing remembered.</summary>
    public async Task<IPage> NewPageAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB")
    {
        if (browser is null)
        {
            const string Reason = "Chromium is not installed (Debian: apt-get install chromium).";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                throw new InvalidOperationException(Reason);
            Assert.Skip(Reason);
        }

        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = locale,
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>A result as the API shows it to everybody.</summary>
    public async Task<ResultView> ResultAsync(string id)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        return (await http.GetFromJsonAsync($"api/v1/results/{id}", ApiJson.Default.ResultView))!;
    }

    /// <summary>Measures two workloads and submits them: a new result of this machine within seconds.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitSmallResultAsync(string visibility)
    {
        var file = await Server.CliAsync("run", "--quick", "--only", "sort.single,sha-256.single", "--no-report");
        var page = await Server.CliAsync("submit", file, "--visibility", visibility, "--server", Server.Address.ToString());
        return new Uri(page).Segments[^1];
    }

    /// <summary>Submits a public result that was made of this machine's own.</summary>
    /// <param name="change">What is different in it.</param>
    /// <param name="key">Who owns it.</param>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitChangedResultAsync(Func<WorkloadResult, WorkloadResult> change, ECDsa key)
    {
        var measured = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(MachineDocument), DocumentJson.Default.ResultDocument)!;
        var bytes = ResultSigner.Sign(measured with { Workloads = [.. measured.Workloads.Select(change)] }, key);
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var answer = await http.PostAsync("api/v1/results?visibility=public", new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return SignedContent.Of(bytes).Id;
    }

    /// <summary>Waits for what happens behind an answer: assessing and ranking.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
    }

    /// <summary>An address with this machine's result and CPU model filled in.</summary>
    public async Task<string> FillAsync(string address) =>
        address.Replace("{id}", MachineId).Replace("{cpu}", address.Contains("{cpu}", StringComparison.Ordinal) ? (await ResultAsync(MachineId)).CpuId : "");

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        await Server.DisposeAsync();
    }

    private static string? FindOnPath(string[] names) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
