using System.Globalization;
using PcBench.Contracts.Results;
using Spectre.Console;

namespace PcBench.Cli.Machine;

/// <summary>A machine and its state for people: one table, a section for each part.</summary>
internal static class MachineTable
{
    public static Table Create(MachineInfo machine, EnvironmentInfo state)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { NoWrap = true }).AddColumn(new TableColumn("") { NoWrap = true }).AddColumn("");
        AddSection(table, "CPU", CpuRows(machine.Cpu));
        AddSection(table, "Memory", MemoryRows(machine.Memory));
        AddSection(table, "Disks", machine.Disks.Select(disk => (Name(disk.Kind), Joined(", ", disk.Model, $"{disk.SizeGib} GiB"))));
        AddSection(table, "GPUs", machine.Gpus.Select(gpu =>
            (gpu.Vendor ?? "unknown", Joined(", ", gpu.Model, Mib(gpu.MemoryMib), gpu.Driver))));
        AddSection(table, "Board", [
            ("model", Joined(" ", machine.Board?.Vendor, machine.Board?.Model)),
            ("firmware", machine.Board?.Bios)]);
        AddSection(table, "System", [
            ("name", machine.Os.Name),
            ("kernel", Joined(" ", machine.Os.Kernel, machine.Os.Architecture)),
            ("hypervisor", machine.Hypervisor)]);
        AddSection(table, "State", StateRows(state));
        return table;
    }

    private static IEnumerable<(string Name, string? Value)> CpuRows(CpuInfo cpu) =>
    [
        ("model", cpu.ModelIsAmbiguous == true ? $"{cpu.Model} (ambiguous: the name does not tell which processor it is)" : cpu.Model),
        ("core", Joined(", ", cpu.Vendor, cpu.Microarchitecture,
            cpu.Family is null ? null : $"family {cpu.Family} model {cpu.ModelNumber} stepping {cpu.Stepping}")),
        ("count", Joined(", ", $"{cpu.Sockets} socket(s)", $"{cpu.Cores} core(s)", $"{cpu.Threads} thread(s)",
            cpu.PerformanceCores is null ? null : $"{cpu.PerformanceCores} performance + {cpu.EfficiencyCores} efficiency")),
        ("clock", Joined(", ", Mhz(cpu.BaseMhz, "nominal"), Mhz(cpu.MeasuredMhz, "measured on one thread"))),
        .. cpu.Caches.Select(cache => ($"L{cache.Level} {Name(cache.Kind)}", (string?)$"{cache.Count} x {Kib(cache.SizeKib)}")),
        ("instructions", string.Join(' ', cpu.InstructionSets)),
    ];

    private static IEnumerable<(string Name, string? Value)> MemoryRows(MemoryInfo memory) =>
    [
        ("size", Mib(memory.TotalMib)),
        ("type", Joined(" ", memory.Type, MegaTransfers(memory.SpeedMts))),
        .. memory.Modules.Select(module => ("module",
            Joined(" ", Mib(module.SizeMib), module.Type, MegaTransfers(module.SpeedMts), module.Manufacturer, module.PartNumber))),
    ];

    private static IEnumerable<(string Name, string? Value)> StateRows(EnvironmentInfo state) =>
    [
        ("governor", state.Governor),
        ("power", state.Power is { } power ? Name(power) : null),
        ("load", Number(state.LoadAverage, "")),
        ("busy", Number(state.BusyPercent, " % by others")),
        ("steal", Number(state.StealPercent, " % by the hypervisor")),
        ("temperature", Number(state.TemperatureBeforeC, " °C")),
        ("microcode", state.Microcode),
        ("huge pages", state.HugePages),
    ];

    private static void AddSection(Table table, string title, IEnumerable<(string Name, string? Value)> rows)
    {
        var heading = $"[bold]{Markup.Escape(title)}[/]";
        foreach (var (name, value) in rows.Where(row => !string.IsNullOrEmpty(row.Value)))
        {
            table.AddRow(heading, $"[grey]{Markup.Escape(name)}[/]", Markup.Escape(value!));
            heading = "";
        }
    }

    private static string? Joined(string separator, params string?[] parts) =>
        parts.Where(part => part is not null).ToList() is { Count: > 0 } there ? string.Join(separator, there) : null;

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Number(double? number, string unit) =>
        number is { } some ? some.ToString("0.##", CultureInfo.InvariantCulture) + unit : null;

    private static string? Mhz(double? mhz, string which) => mhz is null ? null : $"{mhz:0} MHz {which}";

    private static string? MegaTransfers(int? speed) => speed is null ? null : $"{speed} MT/s";

    private static string? Mib(int? mib) => mib is null ? null : mib >= 10_240 ? $"{mib / 1024.0:0.#} GiB" : $"{mib} MiB";

    private static string Kib(int kib) => kib >= 1024 && kib % 1024 == 0 ? $"{kib / 1024} MiB" : $"{kib} KiB";
}
