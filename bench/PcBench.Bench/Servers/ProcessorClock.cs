using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PcBench.Bench.Servers;

/// <summary>The kernel's clock of a process, which runs while any of its threads does.</summary>
internal static partial class ProcessorClock
{
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static TimeSpan Read(int process)
    {
        var error = clock_getcpuclockid(process, out var clock);
        if (error != 0)
            throw new Win32Exception(error);
        return clock_gettime(clock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1e3)
            : throw new Win32Exception();
    }

    [LibraryImport("libc")]
    private static partial int clock_getcpuclockid(int process, out int clock);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, out Timespec time);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
