using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PcBench.Cli.Workloads;

/// <summary>
/// A new file whose reads and writes go past the system's cache: O_DIRECT on Linux, NO_BUFFERING on Windows, F_NOCACHE on
/// macOS. It is gone when it is closed, and when the process dies.
/// </summary>
internal static partial class UncachedFile
{
    private const FileOptions NoBuffering = (FileOptions)0x20000000;

    /// <summary>Creates one in <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">The file system has no access past the cache.</exception>
    public static SafeFileHandle Create(string folder)
    {
        var path = Path.Combine(folder, $"pcbench-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, NoBuffering | FileOptions.DeleteOnClose);

        var file = Unnamed(folder) ?? Unlinked(path);
        if (BypassCache(file))
            return file;
        var reason = Marshal.GetLastPInvokeErrorMessage();
        file.Dispose();
        throw new IOException($"{folder} has no access past the system's cache ({reason}).");
    }

    /// <summary>A file that never had a name, where the file system has such: nothing can stay behind, not even after kill -9.</summary>
    private static SafeFileHandle? Unnamed(string folder)
    {
        const int readWrite = 2, unnamed = 0x400000, closeOnExec = 0x80000, mode = 0x180; // 0600
        if (!OperatingSystem.IsLinux())
            return null;
        // O_DIRECTORY, which O_TMPFILE holds, has another number on Arm.
        var directory = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
        var descriptor = Open(folder, readWrite | unnamed | directory | closeOnExec, mode);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The open handle keeps the file when its name is gone.</summary>
    private static SafeFileHandle Unlinked(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(path);
        return file;
    }

    private static bool BypassCache(SafeFileHandle file)
    {
        const int getFlags = 3, setFlags = 4, appleNoCache = 48;
        if (!OperatingSystem.IsLinux())
            return Control(file, appleNoCache, 1) >= 0;
        var direct = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;
        var flags = Control(file, getFlags, 0);
        return flags >= 0 && Control(file, setFlags, flags | direct) >= 0;
    }

    /// <summary>
    /// fcntl takes variable arguments, which Apple's convention for Arm looks for on the stack and all others in the third
    /// register: the argument stands in both places.
    /// </summary>
    private static int Control(SafeFileHandle file, int command, nint argument) =>
        Control(file, command, argument, 0, 0, 0, 0, 0, argument);

    /// <summary>For Linux alone, whose convention has no other place for variable arguments.</summary>
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(
        SafeFileHandle file, int command, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint onStack);
}
