using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PcBench.Web.Text;

/// <summary>The texts of one language, and its way to write numbers, dates and names.</summary>
public sealed partial class Strings
{
    private readonly Dictionary<string, string> texts;

    private Strings(string language)
    {
        Language = language;
        using var stream = typeof(Strings).Assembly.GetManifestResourceStream($"{language}.json")
            ?? throw new ArgumentOutOfRangeException(nameof(language), language, "There are no texts in this language.");
        texts = JsonSerializer.Deserialize(stream, TextJson.Default.DictionaryStringString)!;
        numbers = NumbersOf(language);
    }

    /// <summary>English, which is also the language of the server's own texts.</summary>
    public static Strings English { get; } = new("en");

    /// <summary>Russian.</summary>
    public static Strings Russian { get; } = new("ru");

    /// <summary>Code for the <c>lang</c> attribute: <c>en</c> or <c>ru</c>.</summary>
    public string Language { get; }

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<string> Keys => texts.Keys;

    /// <summary>The text of a key; the key itself where there is none, so that a gap is seen and nothing breaks.</summary>
    public string this[string key] => texts.GetValueOrDefault(key, key);

    /// <summary>The texts of a language; English for one that is not known.</summary>
    public static Strings Of(string? language) => language == Russian.Language ? Russian : English;

    /// <summary>The text of a key, or null.</summary>
    public string? Find(string key) => texts.GetValueOrDefault(key);

    /// <summary>The text of a key with its places {0}, {1} … filled.</summary>
    public string Format(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>
    /// A number with its noun in the right form. The text holds the forms, parted by bars: <c>result|results</c>,
    /// <c>результат|результата|результатов</c>.
    /// </summary>
    public string Count(string key, long count)
    {
        var forms = this[key].Split('|');
        var form = Language == "ru" ? SlavicForm(count) : count == 1 ? 0 : 1;
        return $"{Number(count)}\u00A0{forms[Math.Min(form, forms.Length - 1)]}";
    }

    private static int SlavicForm(long count) => (count % 10, count % 100) switch
    {
        (1, not 11) => 0,
        ( >= 2 and <= 4, < 12 or > 14) => 1,
        _ => 2,
    };
}

/// <summary>Reads the embedded texts.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TextJson : JsonSerializerContext;
