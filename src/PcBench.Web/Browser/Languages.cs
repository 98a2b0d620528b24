using PcBench.Web.Text;

namespace PcBench.Web.Browser;

/// <summary>The language of the pages, changeable at any time.</summary>
public sealed class Languages(BrowserStore store)
{
    /// <summary>Raised after the language was changed.</summary>
    public event Action? Changed;

    /// <summary>The texts of the chosen language.</summary>
    public Strings Current { get; private set; } = Strings.English;

    /// <summary>Takes the saved choice, else the browser's language.</summary>
    public async Task StartAsync() => Current = Strings.Of(await store.LanguageAsync());

    /// <summary>Changes the language and keeps the choice.</summary>
    public async Task ChooseAsync(string language)
    {
        Current = Strings.Of(language);
        await store.SetLanguageAsync(language);
        Changed?.Invoke();
    }
}
