using System.CommandLine;
using System.CommandLine.Parsing;
using PcBench.Contracts.Api;

namespace PcBench.Cli.Commands;

/// <summary>Options and arguments that several commands take.</summary>
internal static class CommonOptions
{
    public static Argument<string> Result() => new("result") { Description = "Path of a result, its id, the beginning of its id, or latest." };

    public static Argument<string> ResultOrLatest()
    {
        var result = Result();
        result.DefaultValueFactory = _ => "latest";
        return result;
    }

    public static Option<Visibility> Visibility() => new("--visibility")
    {
        Description = "Who may see it: private (you alone, the default), unlisted (who has the address), public (everybody; what was measured here is ranked too).",
        HelpName = WordsOf<Visibility>("|"),
        CustomParser = Word<Visibility>,
    };

    public static Argument<Visibility> NewVisibility() => new("visibility")
    {
        Description = "Who may see it then.",
        HelpName = WordsOf<Visibility>("|"),
        CustomParser = Word<Visibility>,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the answer as JSON on stdout." };

    /// <summary>Reads one of the names of an enum, as people write them.</summary>
    public static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var word = result.Tokens[0].Value;
        if (Enum.GetNames<T>().Contains(word, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(word, ignoreCase: true);
        result.AddError($"'{word}' is none of {WordsOf<T>(", ")}.");
        return default;
    }

    private static string WordsOf<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>()).ToLowerInvariant();
}
