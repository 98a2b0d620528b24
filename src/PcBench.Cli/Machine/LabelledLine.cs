namespace PcBench.Cli.Machine;

/// <summary>Texts of lines that begin with a label.</summary>
internal static class LabelledLine
{
    /// <summary>What stands after the label in the first line that begins with it; null where none does.</summary>
    public static string? Find(string? text, string label) =>
        (text ?? "").Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..];
}
