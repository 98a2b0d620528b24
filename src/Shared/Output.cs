using System.Globalization;
using System.Text;
using Spectre.Console;

namespace PcBench.Shared;

/// <summary>Where a command writes: data to stdout, so that it can be piped, and everything for people to stderr.</summary>
internal sealed class Output
{
    private readonly Stream data;

    /// <summary>Makes an output.</summary>
    /// <param name="data">For data, UTF-8 whatever the locale.</param>
    /// <param name="people">For people.</param>
    public Output(Stream data, TextWriter people)
    {
        this.data = data;
        People = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ReferenceEquals(people, Console.Error) ? AnsiSupport.Detect : AnsiSupport.No, // what the environment says is of the terminal
            Out = new AnsiConsoleOutput(people),
        });
    }

    /// <summary>The process's own streams.</summary>
    public static Output OfProcess() => new(Console.OpenStandardOutput(), Console.Error);

    /// <summary>Progress, tables and messages, on stderr.</summary>
    public IAnsiConsole People { get; }

    /// <summary>Tells people a line as it is: nothing in it is markup, and the terminal's width does not break it.</summary>
    public void Say(string line) => People.Profile.Out.Writer.WriteLine(line);

    /// <summary>Writes a line of data to stdout.</summary>
    public void Data(string line) => Data(Encoding.UTF8.GetBytes(line + '\n'));

    /// <summary>Writes exactly these bytes to stdout.</summary>
    public void Data(ReadOnlySpan<byte> bytes)
    {
        data.Write(bytes);
        data.Flush();
    }

    /// <summary>Tells people what went wrong and what to do.</summary>
    public void Error(string problem, string? fix = null)
    {
        People.MarkupLineInterpolated($"[red]error:[/] {Harmless(problem)}");
        if (fix is not null)
            People.MarkupLineInterpolated($"  {Harmless(fix)}");
    }

    /// <summary>What others wrote, a server or a file, without what would steer the terminal.</summary>
    private static string Harmless(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c =>
        c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format ? $"\\u{(int)c:x4}" : $"{c}"));
}
