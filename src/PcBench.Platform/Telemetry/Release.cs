using System.Reflection;

namespace PcBench.Platform.Telemetry;

/// <summary>What is running, as it was built.</summary>
public static class Release
{
    /// <summary>Version and commit: <c>0.1.0+abcdef</c>.</summary>
    public static string Name { get; } = typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The version alone.</summary>
    public static string Version { get; } = Name.Split('+')[0];

    /// <summary>The commit, or <c>unknown</c> where it was built outside of a repository.</summary>
    public static string Commit { get; } = Name.Split('+') is [_, var commit, ..] ? commit : "unknown";
}
