using System.Diagnostics.CodeAnalysis;

namespace PcBench.ServiceTests.Servers;

/// <summary>The one place that decides what becomes of a test whose server is not there.</summary>
internal static class Requirement
{
    /// <summary>At home the test is skipped; where CI=true everything must be there, so it fails.</summary>
    /// <param name="reason">What is missing, and what to install or set.</param>
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        Assert.Skip(reason);
    }

    /// <summary>A program of the machine.</summary>
    /// <returns>Its path; null where it is not installed.</returns>
    public static string? FindProgram(string name, params IEnumerable<string> folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>A setting; null where it is absent or empty.</summary>
    public static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
