using System.Runtime.InteropServices;

namespace PcBench.Cli.Machine;

internal static class ProcessArchitecture
{
    /// <summary>The architecture of this process as results name it: <c>x64</c> or <c>arm64</c>.</summary>
    public static string Name => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
}
