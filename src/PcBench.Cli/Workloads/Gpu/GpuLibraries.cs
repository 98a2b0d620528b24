using System.Runtime.InteropServices;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>Finds the libraries that a graphics driver installs, under the names that systems give them.</summary>
internal static class GpuLibraries
{
    public const string OpenCl = "opencl";
    public const string Cuda = "cuda";

    // Makes imports of the two names find them.
    static GpuLibraries() => NativeLibrary.SetDllImportResolver(typeof(GpuLibraries).Assembly, (name, _, _) => Load(name));

    /// <summary>Whether a library is there. To be asked before anything of it is called.</summary>
    public static bool IsThere(string name) => Load(name) != 0;

    private static nint Load(string name)
    {
        foreach (var file in FilesOf(name))
        {
            if (NativeLibrary.TryLoad(file, out var library))
                return library;
        }

        return 0;
    }

    private static string[] FilesOf(string name) => name switch
    {
        OpenCl when OperatingSystem.IsWindows() => ["OpenCL.dll"],
        OpenCl when OperatingSystem.IsMacOS() => ["/System/Library/Frameworks/OpenCL.framework/OpenCL"],
        OpenCl => ["libOpenCL.so.1", "libOpenCL.so"],
        Cuda when OperatingSystem.IsWindows() => ["nvcuda.dll"],
        Cuda => ["libcuda.so.1", "libcuda.so"],
        _ => [],
    };
}
