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
        var statements = mark.Statements.Select(statement =>
            Find($"evidence.{statement.Code}") is { } text ? string.Format(CultureInfo.InvariantCulture, text, [.. statement.Values]) : null).ToList();
        return statements.Count == 0 || statements.Contains(null) ? mark.Evidence : string.Join(' ', statements);
    }

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

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
