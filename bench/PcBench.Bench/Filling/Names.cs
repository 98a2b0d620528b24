namespace PcBench.Bench.Filling;

/// <summary>Names with numbers, in the order they came up.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, int> numbers = [];

    public IReadOnlyDictionary<string, int> All => numbers;

    public int NumberOf(string name)
    {
        if (!numbers.TryGetValue(name, out var no))
            numbers[name] = no = numbers.Count + 1;
        return no;
    }

    /// <summary>The words under which the backend finds a name: runs of letters and digits, in lower case.</summary>
    public static IEnumerable<string> WordsOf(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct();
}
