using System.Runtime.InteropServices;

namespace PcBench.Cli.Measure;

/// <summary>What the calling thread had to put up with so far.</summary>
/// <param name="CpuSeconds">Processor time; null on Windows, whose thread times move in steps of 15.6 ms, more than a sample takes.</param>
/// <param name="Switches">How often it was taken off its processor while it could have gone on; null where the system does not say.</param>
/// <param name="Faults">Pages that had to be mapped or read in; null where the system does not say.</param>
internal readonly partial record struct ThreadUsage(double? CpuSeconds, long? Switches, long? Faults)
{
    private const int LinuxThreadCpuTime = 3;
    private const int AppleThreadCpuTime = 16;
    private const int OfThread = 1;

    /// <summary>Reads it. The clock is read last, so that reading the rest is in no sample.</summary>
    public static ThreadUsage Read()
    {
        if (OperatingSystem.IsWindows())
            return default;
        var usage = default(ResourceUsage);
        var known = OperatingSystem.IsLinux() && GetUsage(OfThread, ref usage) == 0;
        var clock = OperatingSystem.IsMacOS() ? AppleThreadCpuTime : LinuxThreadCpuTime;
        double? cpu = GetTime(clock, out var time) == 0 ? time.Seconds + time.Nanoseconds / 1e9 : null;
        return new ThreadUsage(cpu, known ? usage.InvoluntarySwitches : null, known ? usage.MinorFaults + usage.MajorFaults : null);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>struct rusage of Linux on 64 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 18 * 8)]
    private struct ResourceUsage
    {
        [FieldOffset(8 * 8)]
        public long MinorFaults;

        [FieldOffset(9 * 8)]
        public long MajorFaults;

        [FieldOffset(17 * 8)]
        public long InvoluntarySwitches;
    }
}
