using Microsoft.JSInterop;

namespace PcBench.Web.Browser;

/// <summary>What the browser keeps for the reader. A browser that keeps nothing is no error.</summary>
public sealed class BrowserStore(IJSRuntime js)
{
    /// <summary>The language that <c>boot.js</c> chose: the saved one, else the browser's.</summary>
    public async Task<string?> LanguageAsync() => await js.InvokeAsync<string?>("pcbench.language");

    /// <summary>Keeps a chosen language and says it to screen readers and spell checkers.</summary>
    public async Task SetLanguageAsync(string language) => await js.InvokeVoidAsync("pcbench.setLanguage", language);

    /// <summary>The chosen theme: <c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public async Task<string?> ThemeAsync() => await js.InvokeAsync<string?>("pcbench.theme");

    /// <summary>Shows and keeps a theme; null for the system's.</summary>
    public async Task SetThemeAsync(string? theme) => await js.InvokeVoidAsync("pcbench.setTheme", theme);

    /// <summary>The owner's token for a result, kept until the tab is closed.</summary>
    public async Task<string?> OwnerAsync(string resultId) => await js.InvokeAsync<string?>("pcbench.owner", resultId);

    /// <summary>The tokens kept for any of these results, parted by commas as the API takes them; null where there is none.</summary>
    public async Task<string?> OwnersAsync(IEnumerable<string> resultIds)
    {
        var tokens = new List<string>();
        foreach (var id in resultIds)
        {
            if (await OwnerAsync(id) is { Length: > 0 } token)
                tokens.Add(token);
        }

        return tokens.Count == 0 ? null : string.Join(',', tokens);
    }

    /// <summary>Keeps, or with null forgets, the owner's token for a result.</summary>
    public async Task SetOwnerAsync(string resultId, string? token) => await js.InvokeVoidAsync("pcbench.setOwner", resultId, token);

    /// <summary>Copies text.</summary>
    /// <returns>Whether the browser allowed it.</returns>
    public async Task<bool> CopyAsync(string text) => await js.InvokeAsync<bool>("pcbench.copy", text);
}
