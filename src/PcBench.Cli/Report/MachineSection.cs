using PcBench.Contracts.Results;

namespace PcBench.Cli.Report;

/// <summary>What the machine is and what state it was in; what could not be read is not shown.</summary>
internal static class MachineSection
{
    public static Html Of(ResultDocument result) => Html.Of($"""
        <section class="machine">
        <h2>Machine</h2>
        <dl>{Html.Join(Machine(result.Machine).Select(Line))}</dl>
        <h2>State</h2>
        <dl>{Html.Join(State(result.Environment).Select(Line))}</dl>
        </section>
        """);

    private static Html Line((string Name, string? Value) line) =>
        string.IsNullOrEmpty(line.Value) ? Html.Empty : Html.Of($"<div><dt>{line.Name}</dt><dd>{line.Value}</dd></div>");

    private static IEnumerable<(string, string?)> Machine(MachineInfo machine)
    {
        var cpu = machine.Cpu;
        yield return ("Processor", cpu.Model);
        yield return ("Microarchitecture", cpu.Microarchitecture);
        yield return ("Cores", $"{cpu.Cores} cores, {Words.Threads(cpu.Threads)}{(cpu.Sockets > 1 ? $", {cpu.Sockets} sockets" : "")}{Kinds(cpu)}");
        yield return ("Clock", Joined(Mhz("base", cpu.BaseMhz), Mhz("measured", cpu.MeasuredMhz)));
        yield return ("Caches", Joined([.. cpu.Caches.Select(cache => $"L{cache.Level}{Suffix(cache.Kind)} {cache.Count} × {Size(cache.SizeKib)}")]));
        yield return ("Instruction sets", string.Join(" ", cpu.InstructionSets));
        var speed = machine.Memory.SpeedMts is { } rate ? $"{rate} MT/s" : null;
        yield return ("Memory", Joined(Words.Gib(machine.Memory.TotalMib), machine.Memory.Type, speed));
        yield return ("Modules", Joined([.. machine.Memory.Modules.Select(Module)]));
        yield return ("Disks", Joined([.. machine.Disks.Select(Disk)]));
        yield return ("Graphics", Joined([.. machine.Gpus.Select(gpu => $"{gpu.Vendor} {gpu.Model}".Trim())]));
        yield return ("Board", Joined(machine.Board?.Vendor, machine.Board?.Model, machine.Board?.Bios));
        yield return ("System", Joined(machine.Os.Name, machine.Os.Kernel, machine.Os.Architecture));
        yield return ("Hypervisor", machine.Hypervisor);
    }

    private static IEnumerable<(string, string?)> State(EnvironmentInfo state)
    {
        yield return ("Governor", state.Governor);
        yield return ("Power", state.Power?.ToString());
        yield return ("Load before", state.LoadAverage is { } load ? $"{load:F2}" : null);
        yield return ("Used by others before", Percent(state.BusyPercent));
        yield return ("Steal", Percent(state.StealPercent));
        yield return ("Temperature", Joined(Celsius("before", state.TemperatureBeforeC), Celsius("after", state.TemperatureAfterC)));
        yield return ("Microcode", state.Microcode);
        yield return ("Huge pages", state.HugePages);
    }

    private static string Kinds(CpuInfo cpu) =>
        cpu is { PerformanceCores: { } fast, EfficiencyCores: { } slow } ? $" ({fast} performance, {slow} efficiency)" : "";

    private static string Module(MemoryModule module) => $"{Words.Gib(module.SizeMib)} {module.Manufacturer} {module.PartNumber}".TrimEnd();

    private static string Disk(DiskInfo disk) => $"{disk.Model ?? "disk"} ({disk.Kind.ToString().ToLowerInvariant()}, {disk.SizeGib} GiB)";

    private static string Suffix(CacheKind kind) => kind switch { CacheKind.Data => "d", CacheKind.Instruction => "i", _ => "" };

    private static string Size(int kib) => kib >= 1024 ? $"{kib / 1024.0:0.##} MiB" : $"{kib} KiB";

    private static string? Mhz(string name, double? mhz) => mhz is { } value ? $"{name} {value:F0} MHz" : null;

    private static string? Celsius(string name, double? degrees) => degrees is { } value ? $"{name} {value:F0} °C" : null;

    private static string? Percent(double? percent) => percent is { } value ? $"{value:F1} %" : null;

    private static string Joined(params IReadOnlyList<string?> parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
