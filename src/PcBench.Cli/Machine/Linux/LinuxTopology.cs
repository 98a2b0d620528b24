using PcBench.Cli.Machine.Cpu;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Packages, cores and threads from <c>/sys/devices/system/cpu</c>.</summary>
internal static class LinuxTopology
{
    internal const string Folder = "/sys/devices/system/cpu";

    /// <summary>The topology; null where the kernel does not list its processors.</summary>
    public static CpuTopology? Read(IFileTree files)
    {
        var online = Online(files);
        if (online.Count == 0)
            return null;
        var cores = online.ToDictionary(cpu => cpu, cpu => Core(files, cpu));
        var coreCount = Count(online);
        // Some Arm firmware numbers a package for each processor, or none at all (-1).
        var packages = online.Select(cpu => files.Number($"{Folder}/cpu{cpu}/topology/physical_package_id"))
            .Where(id => id >= 0).Distinct().Count();
        var (performance, efficiency) = Kinds(files, online);
        return new CpuTopology(
            Math.Clamp(packages, 1, Math.Min(coreCount, 64)), coreCount, online.Count,
            performance.Count > 0 ? Count(performance) : null,
            efficiency.Count > 0 ? Count(efficiency) : null);

        int Count(IEnumerable<int> cpus) => cpus.Where(cores.ContainsKey).Select(cpu => cores[cpu]).Distinct().Count();
    }

    /// <summary>
    /// These processors in the order in which work is best given to some of them: one thread of each core before any second one,
    /// which would share that core, and fast cores before small ones.
    /// </summary>
    public static IReadOnlyList<int> OneOfEachCoreFirst(IFileTree files, IReadOnlyList<int> processors)
    {
        var (_, small) = Kinds(files, Online(files));
        return
        [
            .. processors.Order().GroupBy(cpu => Core(files, cpu)).SelectMany(core => core.Select((cpu, sibling) => (Cpu: cpu, Sibling: sibling)))
                .OrderBy(cpu => cpu.Sibling)
                .ThenBy(cpu => small.Contains(cpu.Cpu))
                .ThenByDescending(cpu => Capacity(files, cpu.Cpu))
                .ThenBy(cpu => cpu.Cpu)
                .Select(cpu => cpu.Cpu),
        ];
    }

    /// <summary>Processors in use.</summary>
    public static IReadOnlyList<int> Online(IFileTree files) => CpuList.Parse(files.Value($"{Folder}/online"));

    /// <summary>A processor's core, named by all the threads of it: core ids repeat between packages.</summary>
    private static string Core(IFileTree files, int cpu) =>
        files.Value($"{Folder}/cpu{cpu}/topology/core_cpus_list")
        ?? files.Value($"{Folder}/cpu{cpu}/topology/thread_siblings_list")
        ?? $"{cpu}";

    private static long? Capacity(IFileTree files, int cpu) => files.Number($"{Folder}/cpu{cpu}/cpu_capacity");

    /// <summary>Intel's hybrids have a performance counter unit for each kind of core; Arm's tell how much a core can do.</summary>
    private static (IReadOnlyList<int> Performance, IReadOnlyList<int> Efficiency) Kinds(IFileTree files, IReadOnlyList<int> online)
    {
        var big = CpuList.Parse(files.Value("/sys/devices/cpu_core/cpus"));
        var small = CpuList.Parse(files.Value("/sys/devices/cpu_atom/cpus"))
            .Concat(CpuList.Parse(files.Value("/sys/devices/cpu_lowpower/cpus"))).ToList();
        if (big.Count > 0 && small.Count > 0)
            return (big, small);

        var capacities = online.Select(cpu => (Cpu: cpu, Capacity: Capacity(files, cpu))).ToList();
        var least = capacities.Min(cpu => cpu.Capacity);
        // Equal cores with unequal clocks differ by less than a quarter.
        return capacities.All(cpu => cpu.Capacity is not null) && capacities.Any(cpu => cpu.Capacity * 3 > least * 4)
            ? ([.. capacities.Where(cpu => cpu.Capacity > least).Select(cpu => cpu.Cpu)],
               [.. capacities.Where(cpu => cpu.Capacity == least).Select(cpu => cpu.Cpu)])
            : ([], []);
    }
}
