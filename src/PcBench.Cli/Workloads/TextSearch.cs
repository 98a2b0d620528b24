using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PcBench.Cli.Workloads;

/// <summary>
/// A regular expression over 256 KiB of prose: words of five or more letters with a doubled syllable, which no index and no
/// fast search for a fixed letter helps with. The matcher is generated at build time, so that it runs as compiled code.
/// </summary>
internal sealed partial class TextSearch : IKernel
{
    internal const int Length = 256 * 1024;

    private readonly string text = Encoding.ASCII.GetString(PseudoText.Create(Length, new DeterministicRandom(12)));
    private MatchSum sum;

    public void Reset() => sum = default;

    public double Run()
    {
        sum = Search(text);
        return Length / 1e6;
    }

    public void AppendOutput(IncrementalHash hash) => sum.AppendTo(hash);

    public void Dispose()
    {
    }

    /// <summary>Finds all matches.</summary>
    internal static MatchSum Search(ReadOnlySpan<char> text)
    {
        var sum = default(MatchSum);
        foreach (var match in Pattern().EnumerateMatches(text))
            sum = sum.With(match.Index, match.Length);
        return sum;
    }

    [GeneratedRegex(@"\b[a-z]*([bcdfghklmnprstvw][aeiou])\1[a-z]*\b|[a-z]+\.\n", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>What was found, as two numbers.</summary>
    /// <param name="Matches">How many matches.</param>
    /// <param name="Places">Sum of place times length: a match that is missing or too long changes it.</param>
    internal readonly record struct MatchSum(int Matches, long Places)
    {
        public MatchSum With(int index, int length) => new(Matches + 1, Places + (long)index * length + length);

        public void AppendTo(IncrementalHash hash) => hash.AppendData(Encoding.ASCII.GetBytes($"{Matches} {Places}"));
    }
}
