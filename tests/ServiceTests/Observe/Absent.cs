using System.Text.RegularExpressions;

namespace PcBench.ServiceTests.Observe;

/// <summary><c>deploy/observe/absent.yaml</c>: what the Prometheus of these tests cannot see, and why.</summary>
internal sealed partial class Absent
{
    private readonly List<(Regex Selector, string Why)> reasons;
    private readonly HashSet<string> used = [];

    public Absent() => reasons = [.. Line().Matches(File.ReadAllText(Repository.Path("deploy/observe/absent.yaml"))).Select(match => (new Regex($"^(?:{match.Groups[1].Value})"), match.Groups[2].Value))];

    /// <summary>Reasons that explain nothing any more.</summary>
    public IEnumerable<string> Unused => reasons.Select(reason => reason.Selector.ToString()).Where(reason => !used.Contains(reason));

    /// <returns>Whether there is a reason for a selector to have no data.</returns>
    public bool Explains(string selector)
    {
        var reason = reasons.FirstOrDefault(reason => reason.Selector.IsMatch(selector));
        if (reason.Selector is null)
            return false;
        used.Add(reason.Selector.ToString());
        return true;
    }

    [GeneratedRegex("^'(.+)': (.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
