using Spectre.Console;

namespace PcBench.Ml.Commands;

/// <summary>Lines for people in which nothing is markup and nothing is wrapped.</summary>
internal static class PlainLines
{
    private const int Width = 250;

    public static void WriteLineSafe(this IAnsiConsole console, string line)
    {
        console.Profile.Width = Width;
        console.WriteLine(line);
    }
}
