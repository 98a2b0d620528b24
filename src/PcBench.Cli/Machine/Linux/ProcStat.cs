using System.Globalization;

namespace PcBench.Cli.Machine.Linux;

/// <summary>The first line of <c>/proc/stat</c>: <c>cpu user nice system idle iowait irq softirq steal …</c>.</summary>
internal static class ProcStat
{
    /// <summary>The kernel counts for programs in hundredths of a second on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The times; null where the line is damaged.</summary>
    public static CpuTimes? Parse(string? text)
    {
        var fields = (text ?? "").Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 9 || fields[0] != "cpu")
            return null;
        var ticks = new double[8];
        for (var i = 0; i < ticks.Length; i++)
        {
            if (!ulong.TryParse(fields[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return null;
            ticks[i] = count / TicksPerSecond;
        }

        return ticks is [var user, var nice, var system, var idle, var ioWait, var irq, var softIrq, var steal]
            ? new CpuTimes(user + nice + system + irq + softIrq, idle + ioWait, steal)
            : null;
    }
}
