using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary><c>/etc/os-release</c>: <c>NAME="value"</c> on each line.</summary>
internal static class OsRelease
{
    /// <summary>Name and version for people; null where the file has none.</summary>
    public static string? PrettyName(string? text) =>
        HardwareText.Clean(LabelledLine.Find(text, "PRETTY_NAME=")?.Trim().Trim('"', '\''));
}
