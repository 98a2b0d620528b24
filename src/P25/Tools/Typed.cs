using System.Text;

namespace P25.Tools;

/// <summary>What somebody types at a terminal.</summary>
internal static class Typed
{
    /// <summary>A line that is not shown, neither now nor to who scrolls back later.</summary>
    public static string Secret()
    {
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace)
                text.Append(char.IsControl(key.KeyChar) ? "" : key.KeyChar);
            else if (text.Length > 0)
                text.Length--;
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
