using System.Text.RegularExpressions;

namespace PcBench.Ml.Knowledge;

/// <summary>What a processor's name says of its cores.</summary>
/// <param name="Microarchitecture">Name of the cores.</param>
/// <param name="PerClock">Points of a single-threaded test for each MHz, roughly.</param>
/// <param name="ProcessNm">Process.</param>
/// <param name="Year">When the first came.</param>
/// <param name="Aes">Which of them have instructions for AES: <c>all</c>, <c>none</c>, <c>main</c> (no Celeron, no Pentium), <c>upper</c> (no Core i3 either); null where it is not known.</param>
internal sealed record CoreName(string Microarchitecture, double PerClock, double ProcessNm, double Year, string? Aes)
{
    /// <summary>Whether the processor of this name has instructions for AES.</summary>
    public bool? HasAes(string brand)
    {
        bool Is(string series) => brand.Contains(series, StringComparison.OrdinalIgnoreCase);
        var low = Is("Celeron") || Is("Pentium");
        return Aes switch { "all" => true, "none" => false, "main" => !low, "upper" => !low && !Is("Core i3"), _ => null };
    }
}

/// <summary>Which cores the processors of desktops, laptops and phones have, by the vendors' naming schemes. The first pattern that fits counts.</summary>
internal static partial class CoreNames
{
    private static readonly (Regex Pattern, CoreName Name)[] Rules =
        [.. Resource.Table("names.csv").Rows.Select(row => (
            new Regex(row.Text("pattern")!, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50)),
            new CoreName(row.Text("microarchitecture")!, row.Number("per_clock")!.Value, row.Number("process_nm")!.Value, row.Number("year")!.Value, row.Text("aes"))))];

    private static readonly Remembered<CoreName> Kept = new(Match);

    public static IEnumerable<CoreName> All => Rules.Select(rule => rule.Name);

    public static CoreName? Find(string? brand) => Kept[brand];

    private static CoreName? Match(string brand)
    {
        var text = Spaces().Replace(Filler().Replace(brand.ToUpperInvariant(), ""), " ").Trim();
        try
        {
            return Rules.FirstOrDefault(rule => rule.Pattern.IsMatch(text)).Name;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // As systems write it: "Intel(R) Xeon(R) CPU           E5620  @ 2.40GHz", "Dual-Core AMD Opteron(tm) Processor 2218".
    [GeneratedRegex(@"\((R|TM)\)|INTEL |AMD |\bCPU\b|\bPROCESSOR (?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Filler();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
