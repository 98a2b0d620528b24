using System.Runtime.CompilerServices;

namespace PcBench.ServiceTests;

/// <summary>The checked-out repository, for what services read of it.</summary>
internal static class Repository
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(ThisFile(), "../../.."));

    /// <summary>A path in it.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
