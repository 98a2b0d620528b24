using System.CommandLine;

namespace PcBench.Backend.Commands;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the answer as JSON on stdout." };
}
