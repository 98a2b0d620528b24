using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Web.Text;

public sealed partial class Strings
{
    /// <summary>Name of a score or workload; the server's title, else the id, where this page does not know it.</summary>
    public string Board(string name, string? title = null) =>
        Find($"score.{name}") ?? Find($"name.{name}") ?? title ?? name;

    /// <summary>Name of a score.</summary>
    public string Score(ScoreKind kind) => this[$"score.{Contracts.Board.NameOf(kind)}"];

    /// <summary>A unit, in the letters of the language.</summary>
    public string Unit(string unit) => Find($"units.{unit}") ?? unit;

    /// <summary>Name of a mark.</summary>
    public string Mark(ResultMark mark) => this[$"mark.{Camel(mark)}"];

    /// <summary>What a mark rests on; the server's English where this page does not know one of its statements.</summary>
    public string Evidence(MarkEvidence mark)
    {
        var statements = mark.Statements.Select(statement => Say("evidence", statement)).ToList();
        return statements.Count == 0 || statements.Contains(null) ? mark.Evidence : string.Join(' ', statements);
    }

    /// <summary>Why the assessment found something; the server's English where this page does not know the reason.</summary>
    public string Reason(Finding finding) => finding.Statement is { } statement && Say("reason", statement) is { } text ? text : finding.Text;

    /// <summary>What to do about a mark; the server's English where this page does not know it.</summary>
    public string? Advice(MarkEvidence mark) => Find($"advice.{Camel(mark.Mark)}") ?? mark.Advice;

    /// <summary>Name of a verdict of the assessment.</summary>
    public string FitOf(Fit fit) => this[$"fit.{Camel(fit)}"];

    /// <summary>Name of an operating system family.</summary>
    public static string Os(OsFamily family) => family == OsFamily.MacOs ? "macOS" : family.ToString();

    /// <summary>Name of a visibility.</summary>
    public string VisibilityOf(Visibility visibility) => this[$"visibility.{Camel(visibility)}"];

    /// <summary>Name of a run's preset.</summary>
    public string Preset(RunPreset preset) => this[$"preset.{Camel(preset)}"];

    /// <summary>Name of a kind of disk.</summary>
    public string Disk(DiskKind kind) => this[$"disk.{Camel(kind)}"];

    /// <summary>Name of a member of the document; its path where this page does not know it.</summary>
    public string Field(string field) => Find($"field.{field}") ?? field;

    /// <summary>A place on a board: <c>3–7</c>, or <c>3</c> where it is certain.</summary>
    public string Rank(RankInterval rank) =>
        rank.From >= rank.To ? Number(rank.From) : $"{Number(rank.From)}\u2013{Number(rank.To)}";

    private string? Say(string family, Statement statement) => Find($"{family}.{statement.Code}") is { } text
        ? string.Format(CultureInfo.InvariantCulture, text, [.. statement.Values.Select(Value)])
        : null;

    // A number, the ids of workloads, or a name that is the same in all languages.
    private string Value(string value)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Fixed(number, value.IndexOf('.', StringComparison.Ordinal) is > 0 and var point ? value.Length - point - 1 : 0);
        var names = value.Split(", ").Select(id => Find($"name.{id}")).ToList();
        return names.Contains(null) ? value : string.Join("; ", names);
    }

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
