using System.Text.RegularExpressions;

namespace PcBench.UnitTests.Structure;

/// <summary>Holds that every page of the web is served: by nginx, and by the standalone.</summary>
public partial class PageTests
{
    public static TheoryData<string> Routes =>
        [.. Directory.GetFiles(Repository.Path("src/PcBench.Web/Pages"), "*.razor").SelectMany(file => Route().Matches(File.ReadAllText(file)).Select(route => route.Groups[1].Value)).Where(route => route != "/not-found")];

    [Theory]
    [MemberData(nameof(Routes))]
    public void Every_page_has_an_address(string route)
    {
        var addresses = Location().Matches(File.ReadAllText(Repository.Path("deploy/nginx/nginx.conf"))).Select(location => location.Groups[1].Value).ToList();

        addresses.ShouldContain(address => Regex.IsMatch(route.Replace("{Id}", "id"), address));
        File.ReadAllText(Repository.Path("src/PcBench.Standalone/WebPage.cs")).ShouldContain($"\"{route.Replace("{Id}", "{id}")}\"");
    }

    [GeneratedRegex("^@page \"(.+)\"", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(@"location ~ (\S+) \{.*try_files /index\.html")]
    private static partial Regex Location();
}
