using System.Runtime.InteropServices;

namespace PcBench.Cli.Measure;

/// <summary>Processor time of the calling thread: what it lacks against wall time went to somebody else.</summary>
internal static partial class ThreadClock
{
    private const int LinuxThreadCpuTime = 3;
    private const int AppleThreadCpuTime = 16;

    /// <summary>Seconds; null on Windows, whose thread times move in steps of 15.6 ms, more than a sample takes.</summary>
    public static double? Seconds()
    {
        if (OperatingSystem.IsWindows())
            return null;
        var clock = OperatingSystem.IsMacOS() ? AppleThreadCpuTime : LinuxThreadCpuTime;
        return GetTime(clock, out var time) == 0 ? time.Seconds + time.Nanoseconds / 1e9 : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
