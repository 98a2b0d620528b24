using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PcBench.Imports.Passmark;

/// <summary>A mapping of text to text or mappings, with the line of each.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, (object Value, long Line)> members = [];

    public string? Text(string key) => members.TryGetValue(key, out var member) ? member.Value as string : null;

    public YamlMap? Map(string key) => members.TryGetValue(key, out var member) ? member.Value as YamlMap : null;

    /// <summary>Where it stands, for people.</summary>
    public string Place(string key) => members.TryGetValue(key, out var member) ? $"line {member.Line}, {key}" : key;

    public bool TryAdd(string key, object value, long line) => members.TryAdd(key, (value, line));
}

/// <summary>
/// Reads YAML as plain text in mappings. All values stay text, so "no" and 1_000 are what is written. Anchors, aliases and tags
/// are refused: nothing that is imported needs them, and with them a small file becomes a large one.
/// </summary>
internal static class YamlTree
{
    private const int MaxDepth = 8;
    private const int MaxMembers = 10_000;
    private const string Whole = "Give the file as PerformanceTest wrote it.";

    public static YamlMap Parse(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            var members = 0;
            var root = MapOf(parser, 1, ref members);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? root : throw Refused(parser.Current!, "A second document begins here.");
        }
        catch (YamlException error)
        {
            throw new RefusedException($"line {error.Start.Line}", null, "It is not whole YAML.", Whole);
        }
    }

    private static YamlMap MapOf(Parser parser, int depth, ref int members)
    {
        if (depth > MaxDepth)
            throw Refused(parser.Current!, $"It is nested deeper than {MaxDepth} levels.");
        var start = Plain(parser.Consume<MappingStart>());
        var map = new YamlMap();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Plain(parser.Consume<Scalar>());
            if (++members > MaxMembers)
                throw Refused(start, $"It has more than {MaxMembers} members.");
            if (!map.TryAdd(key.Value, ValueOf(parser, depth, ref members), key.Start.Line))
                throw new RefusedException($"line {key.Start.Line}, {key.Value}", null, "The member is there twice.", Whole);
        }

        return map;
    }

    private static object ValueOf(Parser parser, int depth, ref int members) => parser.Current switch
    {
        Scalar => Plain(parser.Consume<Scalar>()).Value,
        MappingStart => MapOf(parser, depth + 1, ref members),
        SequenceStart => Passed(parser, ref members),
        var other => throw Refused(other!, "Aliases are not taken."),
    };

    // No list holds anything that is read: but for its size and what is refused everywhere, it does not matter.
    private static string Passed(Parser parser, ref int members)
    {
        var open = 0;
        do
        {
            var current = parser.Current!;
            if (current is NodeEvent node)
                Plain(node);
            else if (current is AnchorAlias)
                throw Refused(current, "Aliases are not taken.");
            open += current.NestingIncrease;
            if (open > MaxDepth || ++members > MaxMembers)
                throw Refused(current, "It is larger than any result.");
            parser.MoveNext();
        }
        while (open > 0);
        return "";
    }

    private static T Plain<T>(T node)
        where T : NodeEvent =>
        node.Anchor.IsEmpty && (node.Tag.IsEmpty || node.Tag.IsNonSpecific) ? node : throw Refused(node, "Anchors and tags are not taken.");

    private static RefusedException Refused(ParsingEvent at, string problem) => new($"line {at.Start.Line}", null, problem, Whole);
}
