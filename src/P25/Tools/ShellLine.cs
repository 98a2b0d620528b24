using System.Text.RegularExpressions;

namespace P25.Tools;

/// <summary>A call as a line that can be pasted into a shell.</summary>
internal static partial class ShellLine
{
    public static string Of(ToolCall call)
    {
        var line = string.Join(' ', call.Arguments.Select(Quote).Prepend(call.Tool));
        return call.Input is null ? line : $"{line} <<< {(call.IsSecret ? "«secret»" : $"«{call.Input.Length} characters»")}";
    }

    private static string Quote(string word) =>
        Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@%+,-]+\z")]
    private static partial Regex Plain();
}
