using System.Numerics;
using System.Runtime.InteropServices;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Linux;
using PcBench.Cli.Machine.Windows;

namespace PcBench.Cli.Measure;

/// <summary>
/// Which logical processors this process may use, and keeping a thread on one of them: a thread that moves takes cold
/// caches along. macOS lets no program choose; there threads run where the system puts them.
/// </summary>
internal static partial class Affinity
{
    private const int WordBits = 64;
    private const int MaxWords = 128; // 8,192 processors, the most that Linux can be built for

    private static readonly IReadOnlyList<int> AtStart = Ordered();

    /// <summary>
    /// Logical processors for measuring threads: as many as the process may use at the same time, one of each core before any second one,
    /// and fast cores first.
    /// </summary>
    public static IReadOnlyList<int> Processors() =>
        // A container may have more processors to choose from than its quota lets it use at once.
        [.. AtStart.Take(Environment.ProcessorCount)];

    /// <summary>Lets the calling thread, which has its maker's processor on Linux, run on any of these.</summary>
    public static void Allow(IReadOnlyList<int> processors)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Span<ulong> mask = stackalloc ulong[MaxWords];
        foreach (var processor in processors)
            mask[processor / WordBits] |= 1ul << (processor % WordBits);
        _ = SetAffinity(0, MaxWords * sizeof(ulong), mask);
    }

    /// <summary>Keeps the calling thread on one logical processor, where the system can.</summary>
    /// <remarks>A refusal changes nothing but the spread of the samples, which is seen there.</remarks>
    public static void Pin(int processor)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<ulong> mask = stackalloc ulong[MaxWords];
            mask[processor / WordBits] = 1ul << (processor % WordBits);
            _ = SetAffinity(0, MaxWords * sizeof(ulong), mask);
        }
        else if (OperatingSystem.IsWindows())
        {
            var group = new GroupAffinity { Mask = (nuint)1 << (processor % WordBits), Group = (ushort)(processor / WordBits) };
            _ = SetThreadGroupAffinity(GetCurrentThread(), in group, 0);
        }
    }

    private static IReadOnlyList<int> Ordered()
    {
        var processors = OperatingSystem.IsLinux() ? LinuxTopology.OneOfEachCoreFirst(new SystemFiles(), AllowedOnLinux())
            : OperatingSystem.IsWindows() ? LogicalProcessors.OneOfEachCoreFirst(WindowsMachine.LogicalProcessorBytes())
            : [];
        return processors.Count > 0 ? processors : [.. Enumerable.Range(0, Environment.ProcessorCount)];
    }

    private static List<int> AllowedOnLinux()
    {
        Span<ulong> mask = stackalloc ulong[MaxWords];
        var processors = new List<int>();
        if (GetAffinity(0, MaxWords * sizeof(ulong), mask) < 0)
            return processors;
        for (var word = 0; word < MaxWords; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
                processors.Add(word * WordBits + BitOperations.TrailingZeroCount(bits));
        }

        return processors;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint bytes, Span<ulong> mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint bytes, Span<ulong> mask);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    private static partial int SetThreadGroupAffinity(nint thread, in GroupAffinity affinity, nint previous);

    [StructLayout(LayoutKind.Sequential)]
    private struct GroupAffinity
    {
        public nuint Mask;
        public ushort Group;
        private ushort reserved0, reserved1, reserved2;
    }
}
