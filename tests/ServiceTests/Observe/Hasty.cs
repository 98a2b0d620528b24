using System.Globalization;
using System.Text.RegularExpressions;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>
/// The rendered files with less patience, so that a test need not wait for hours: an hour of any window, any <c>for</c> and any wait
/// of Alertmanager is two minutes. Prometheus comes every 3 seconds, more than the 2 that a scrape may take while a part is away.
/// Levels stay as they are, but two: the bounds of what counts as in time are tenfold, for the machine of the tests may be slow.
/// Stage's working hours are always.
/// </summary>
internal static partial class Hasty
{
    private const int Times = 30;

    /// <summary>A copy of the repository's sources in which ten times as long counts as in time.</summary>
    public static string Sources()
    {
        var (from, to) = (Repository.Path("deploy/observe"), ServerFolder.New("sources"));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, Bounds().Replace(File.ReadAllText(file), line => Number().Replace(line.Value, number => (10 * double.Parse(number.Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture))));
        }

        return to;
    }

    /// <summary>Changes the files in a folder.</summary>
    public static async Task MakeAsync(string folder)
    {
        await Rendered.ScrapeEveryAsync(folder, "3s");
        foreach (var rules in Directory.GetFiles(Path.Combine(folder, "prometheus/rules"), "*.yml"))
            await File.WriteAllTextAsync(rules, Windows().Replace(await File.ReadAllTextAsync(rules), Shorter));
        var alertmanager = Path.Combine(folder, "alertmanager/alertmanager.yml");
        await File.WriteAllTextAsync(alertmanager, Hours().Replace(Waits().Replace(await File.ReadAllTextAsync(alertmanager), Shorter), ""));
    }

    private static string Shorter(Match match)
    {
        var seconds = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * match.Groups["unit"].Value switch { "s" => 1, "m" => 60, "h" => 3_600, _ => 86_400 };
        return $"{match.Groups["before"].Value}{Math.Max(1, seconds / Times)}s";
    }

    [GeneratedRegex(@"^  (?:submitSeconds|leaderboardSeconds): .*$", RegexOptions.Multiline)]
    private static partial Regex Bounds();

    [GeneratedRegex(@"(?<=: )[0-9.]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<before>\[|\bfor: )(?<number>\d+)(?<unit>[smhd])\b")]
    private static partial Regex Windows();

    [GeneratedRegex(@"(?<before>\b(?:group_wait|group_interval|repeat_interval|resolve_timeout): )(?<number>\d+)(?<unit>[smhd])\b")]
    private static partial Regex Waits();

    [GeneratedRegex(@"^ *active_time_intervals: .*\n", RegexOptions.Multiline)]
    private static partial Regex Hours();
}
