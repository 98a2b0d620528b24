using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PcBench.Bench.Servers;

/// <summary>The kernel's clocks of a process, which run while any of its threads does, and of a thread.</summary>
internal static partial class ProcessorClock
{
    private const int ThisThread = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static TimeSpan OfProcess(int process)
    {
        var error = clock_getcpuclockid(process, out var clock);
        return error == 0 ? Read(clock) : throw new Win32Exception(error);
    }

    /// <summary>What the calling thread has used.</summary>
    public static TimeSpan OfThread() => Read(ThisThread);

    private static TimeSpan Read(int clock) => clock_gettime(clock, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1e3)
        : throw new Win32Exception();

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
