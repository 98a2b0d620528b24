using System.Text;
using System.Xml.Linq;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Imports.Phoronix;

/// <summary>
/// Name, unit and direction of a test of the Phoronix Test Suite. Its own rule is that results compare where the first two
/// numbers of the test's version are the same, so the third one is left out: <c>phoronix.pts/stream-1.3/type-copy</c>.
/// </summary>
internal static class PhoronixMetric
{
    private const int MaxName = 200;

    /// <returns>The metric, its value still 0; null where the result has no unit, or no direction.</returns>
    public static ImportedMetric? Of(XElement result)
    {
        Better? better = result.Element("Proportion")?.Value.Trim() switch
        {
            "HIB" => Better.Higher,
            "LIB" => Better.Lower,
            _ => null,
        };
        var unit = HardwareText.Clean(result.Element("Scale")?.Value);
        if (better is null || unit is null)
            return null;
        var name = $"phoronix.{Test(result.Element("Identifier")!.Value.Trim())}";
        var what = Slug(result.Element("Description")?.Value ?? "");
        return new ImportedMetric(Cut(what.Length == 0 ? name : $"{name}/{what}", MaxName), 0, Cut(unit, 40), better.Value);
    }

    private static string Test(string identifier)
    {
        var slug = Slug(identifier, keep: "./_-");
        var dash = slug.LastIndexOf('-');
        var numbers = dash < 0 ? [] : slug[(dash + 1)..].Split('.');
        return numbers.Length > 2 ? $"{slug[..dash]}-{numbers[0]}.{numbers[1]}" : slug;
    }

    private static string Slug(string text, string keep = ".")
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || keep.Contains(c, StringComparison.Ordinal))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().Trim('-');
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
