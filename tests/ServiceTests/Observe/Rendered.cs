using System.Text.RegularExpressions;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>What <c>p25 observe render</c> makes for contours on this machine.</summary>
internal static partial class Rendered
{
    /// <summary>Runs p25, as whoever operates it does.</summary>
    /// <param name="contours">What is to be watched.</param>
    /// <param name="source">The sources; those of the repository where none are named.</param>
    /// <param name="more">More arguments.</param>
    /// <returns>The folder of the files.</returns>
    public static async Task<string> Async(IEnumerable<WatchedContour> contours, string? source = null, params IEnumerable<string> more)
    {
        var folder = ServerFolder.New("observe");
        await Programs.RunAsync([
            "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "p25.dll"), "observe", "render", "--config", Repository.Path("deploy/contours.yaml"), "--out", folder,
            "--source", source ?? Repository.Path("deploy/observe"), .. contours.SelectMany(contour => contour.Targets).SelectMany(target => (string[])["--target", target]), .. more]);
        return folder;
    }

    /// <summary>Prometheus comes more often than it does in a contour, where a quarter of a minute is soon enough.</summary>
    public static async Task ScrapeEveryAsync(string folder, string interval)
    {
        var path = Path.Combine(folder, "prometheus/prometheus.yml");
        await File.WriteAllTextAsync(path, Every().Replace(await File.ReadAllTextAsync(path), $"$1: {interval}"));
    }

    [GeneratedRegex("(scrape_interval|evaluation_interval): 15s")]
    private static partial Regex Every();
}
