using System.Text;

namespace PcBench.Contracts.Results;

/// <summary>One CPU model under one name, however its brand string is spelt.</summary>
public static class CpuName
{
    private static readonly string[] Filler = ["cpu", "processor", "with", "radeon", "graphics", "vega"];

    /// <summary>
    /// Brand string for people: trade marks, clock suffix and filler words left out.
    /// <c>Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz</c> becomes <c>Intel Core i7-2600</c>.
    /// </summary>
    public static string Display(string model)
    {
        var text = model.Replace("(R)", " ", StringComparison.OrdinalIgnoreCase)
            .Replace("(TM)", " ", StringComparison.OrdinalIgnoreCase)
            .Replace('®', ' ').Replace('™', ' ');
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
            text = text[..at];
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => !Filler.Contains(word.ToLowerInvariant()) && !word.EndsWith("-Core", StringComparison.OrdinalIgnoreCase));
        var name = string.Join(' ', words);
        return name.Length == 0 ? model.Trim() : name;
    }

    /// <summary>Id for addresses: the display name in lower case, everything but letters and digits as single hyphens.</summary>
    /// <value><c>[a-z0-9-]</c>, at most 160 characters; <c>unknown</c> where nothing is left.</value>
    public static string Id(string model)
    {
        var id = new StringBuilder();
        foreach (var c in Display(model).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                id.Append(c);
            else if (id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        var text = id.ToString().Trim('-');
        return text.Length == 0 ? "unknown" : text;
    }
}
