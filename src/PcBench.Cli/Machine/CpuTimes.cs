namespace PcBench.Cli.Machine;

/// <summary>Processor time since boot, summed over all logical processors.</summary>
/// <param name="Busy">Time that processes of this system used, in seconds.</param>
/// <param name="Idle">Time without work, in seconds.</param>
/// <param name="Steal">Time the hypervisor gave to others, in seconds; null where the system does not tell.</param>
internal readonly record struct CpuTimes(double Busy, double Idle, double? Steal)
{
    private double Total => Busy + Idle + (Steal ?? 0);

    /// <summary>
    /// Share of the time since <paramref name="earlier"/> that others than this process used, 0 to 100; null where no time went by.
    /// </summary>
    /// <param name="earlier">What was read before.</param>
    /// <param name="own">Processor time of this process in between, in seconds.</param>
    public double? OthersPercentSince(CpuTimes earlier, double own) =>
        Percent(Busy - earlier.Busy - own, Total - earlier.Total);

    /// <summary>
    /// Share of the time since <paramref name="earlier"/> that the hypervisor gave to others, 0 to 100; null where no time went by.
    /// </summary>
    public double? StealPercentSince(CpuTimes earlier) => Percent(Steal - earlier.Steal, Total - earlier.Total);

    private static double? Percent(double? part, double whole) =>
        part is { } some && whole > 0 ? Math.Round(Math.Clamp(100 * some / whole, 0, 100), 2) : null;
}
