using System.Text.RegularExpressions;

namespace PcBench.Ml.Knowledge;

/// <summary>Clocks of a server processor by its data sheet.</summary>
/// <param name="MaxMhz">Highest clock of one core.</param>
/// <param name="AllCoreMhz">Clock that all cores keep.</param>
/// <param name="Cores">Cores of a package.</param>
internal sealed record ServerClock(double MaxMhz, double AllCoreMhz, int Cores);

/// <summary>
/// Published clocks of server processors by model number: a virtual machine does not see them. Numbers of processors made for one
/// cloud come from what the cloud publishes; where nothing is published, there is no line.
/// </summary>
internal static partial class ServerClocks
{
    private static readonly Dictionary<string, ServerClock> ByName = Resource.Table("clocks.csv").Rows.ToDictionary(
        row => row.Text("name")!.ToUpperInvariant(),
        row => new ServerClock(row.Number("max_mhz")!.Value, row.Number("all_core_mhz")!.Value, row.Whole("cores")!.Value));

    private static readonly int MostWords = ByName.Keys.Max(name => name.Split(' ').Length);

    private static readonly Remembered<ServerClock> Kept = new(Match);

    /// <summary>The clocks of the model that this brand string names; the longest name that fits.</summary>
    public static ServerClock? Find(string? brand) => Kept[brand];

    private static ServerClock? Match(string brand)
    {
        var words = Words().Matches(brand.Replace("(R)", " ", StringComparison.OrdinalIgnoreCase).Replace("(TM)", " ", StringComparison.OrdinalIgnoreCase).ToUpperInvariant())
            .Select(match => match.Value).ToArray();
        for (var count = MostWords; count > 0; count--)
        {
            for (var at = 0; at + count <= words.Length; at++)
            {
                if (Look(string.Join(' ', words, at, count)) is { } found)
                    return found;
            }
        }

        return null;
    }

    // "8480+", "7402P", "8280L", "6338N": a suffix of the same chip.
    private static ServerClock? Look(string name) =>
        ByName.GetValueOrDefault(name) ?? (name.Length > 4 && name[^1] is 'P' or 'L' or 'M' or 'N' or 'U' or 'S' or 'H' or 'Y' or 'C' or 'X' or 'A' ? ByName.GetValueOrDefault(name[..^1]) : null);

    [GeneratedRegex(@"[A-Z0-9@][A-Z0-9.@-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
