using System.Text.RegularExpressions;

namespace P25.Observe;

/// <summary>Text with <c>${name}</c> in it. Grafana's own <c>$__interval</c> and Prometheus' <c>{{ $labels }}</c> are left as they are.</summary>
internal static partial class Template
{
    /// <param name="text">The text.</param>
    /// <param name="values">What the names stand for.</param>
    /// <param name="where">The file, for the message.</param>
    /// <exception cref="P25Exception">A name is not known.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values, string where) => Name().Replace(text, match =>
        values.GetValueOrDefault(match.Groups[1].Value)
        ?? throw new P25Exception(P25ExitCodes.Usage, $"{where}: {match.Value} is not known.", $"Known are: {string.Join(", ", values.Keys)}."));

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Name();
}
