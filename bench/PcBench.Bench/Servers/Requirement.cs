using System.Diagnostics.CodeAnalysis;

// The name by which the linked files know it: where a test is skipped, a measurement cannot be made.
namespace PcBench.ServiceTests.Servers;

/// <summary>What must be on this machine.</summary>
internal static class Requirement
{
    [DoesNotReturn]
    public static void Missing(string reason) => throw new InvalidOperationException(reason);

    /// <returns>Path of a program; null where it is not installed.</returns>
    public static string? FindProgram(string name, params IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <returns>A setting; null where it is absent or empty.</returns>
    public static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
