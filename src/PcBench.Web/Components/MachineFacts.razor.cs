using System.Globalization;
using Microsoft.AspNetCore.Components;
using PcBench.Contracts.Results;

namespace PcBench.Web.Components;

public partial class MachineFacts
{
    /// <summary>What the machine is.</summary>
    [Parameter, EditorRequired]
    public MachineInfo Machine { get; set; } = null!;

    /// <summary>What state it was in.</summary>
    [Parameter, EditorRequired]
    public EnvironmentInfo Environment { get; set; } = null!;

    /// <summary>When and how long was measured.</summary>
    [Parameter, EditorRequired]
    public RunInfo Run { get; set; } = null!;

    /// <summary>Program and version.</summary>
    [Parameter, EditorRequired]
    public string Agent { get; set; } = "";

    /// <summary>When it was submitted.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset SubmittedAt { get; set; }

    private IEnumerable<(string Field, string? Value)> MachineRows()
    {
        var cpu = Machine.Cpu;
        yield return ("machine.cpu.model", cpu.Model);
        yield return ("machine.cpu.microarchitecture", cpu.Microarchitecture);
        yield return ("machine.cpu.cores", Cores(cpu));
        yield return ("machine.cpu.sockets", cpu.Sockets > 1 ? T.Number(cpu.Sockets) : null);
        yield return ("machine.cpu.baseMhz", cpu.BaseMhz is { } nominal ? T.Clock(nominal) : null);
        yield return ("machine.cpu.measuredMhz", cpu.MeasuredMhz is { } measured ? T.Clock(measured) : null);
        foreach (var cache in cpu.Caches)
            yield return ("machine.cpu.caches", $"L{cache.Level} {T[$"cache.{cache.Kind.ToString().ToLowerInvariant()}"]}, {T.Number(cache.Count)} × {Size(cache.SizeKib)}");
        yield return ("machine.cpu.instructionSets", cpu.InstructionSets.Count > 0 ? string.Join(", ", cpu.InstructionSets) : null);
        yield return ("machine.memory.totalMib", Memory(Machine.Memory));
        foreach (var module in Machine.Memory.Modules.GroupBy(module => module))
            yield return ("machine.memory.modules", Joined($"{module.Count()} × {T.Memory(module.Key.SizeMib)}", module.Key.Manufacturer, module.Key.PartNumber));
        foreach (var disk in Machine.Disks)
            yield return ("machine.disks", Joined(disk.Model, T.Disk(disk.Kind), $"{T.Number(disk.SizeGib)}\u00A0{T["unit.gib"]}"));
        foreach (var gpu in Machine.Gpus)
            yield return ("machine.gpus", Joined(gpu.Model, gpu.MemoryMib is { } mib ? T.Memory(mib) : null, gpu.Driver));
        yield return ("machine.board.model", Joined(Machine.Board?.Vendor, Machine.Board?.Model));
        yield return ("machine.board.bios", Machine.Board?.Bios);
        yield return ("machine.os.name", Joined(Machine.Os.Name, Machine.Os.Architecture));
        yield return ("machine.os.kernel", Machine.Os.Kernel);
        yield return ("machine.hypervisor", Machine.Hypervisor);
    }

    private IEnumerable<(string Field, string? Value)> EnvironmentRows()
    {
        var state = Environment;
        yield return ("environment.governor", state.Governor);
        yield return ("environment.power", state.Power is { } power ? T[power == PowerSource.Mains ? "power.mains" : "power.battery"] : null);
        yield return ("environment.loadAverage", state.LoadAverage is { } load ? T.Fixed(load, 2) : null);
        yield return ("environment.busyPercent", state.BusyPercent is { } busy ? T.Percent(busy / 100) : null);
        yield return ("environment.stealPercent", state.StealPercent is { } steal ? T.Percent(steal / 100) : null);
        yield return ("environment.temperatureBeforeC", state.TemperatureBeforeC is { } before ? $"{T.Number(before)}\u00A0°C" : null);
        yield return ("environment.temperatureAfterC", state.TemperatureAfterC is { } after ? $"{T.Number(after)}\u00A0°C" : null);
        yield return ("environment.microcode", state.Microcode);
        yield return ("environment.hugePages", state.HugePages);
    }

    private IEnumerable<(string Field, string? Value)> RunRows()
    {
        yield return ("run.preset", T.Preset(Run.Preset));
        yield return ("run.startedAt", T.Moment(Run.StartedAt));
        yield return ("run.durationSeconds", T.Duration(Run.DurationSeconds));
        yield return ("run.submittedAt", T.Moment(SubmittedAt));
        yield return ("agent.version", Agent);
    }

    private string Cores(CpuInfo cpu)
    {
        var text = T.Format("row.cores", cpu.Cores, cpu.Threads);
        return cpu is { PerformanceCores: { } performance, EfficiencyCores: { } efficiency } ? $"{text} ({performance}P + {efficiency}E)" : text;
    }

    private string Memory(MemoryInfo memory) =>
        Joined(T.Memory(memory.TotalMib), memory.Type, memory.SpeedMts is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed} MT/s") : null)!;

    private string Size(int kib) => kib >= 1024 && kib % 1024 == 0 ? $"{T.Number(kib / 1024)}\u00A0{T["unit.mib"]}" : $"{T.Number(kib)}\u00A0{T["unit.kib"]}";

    private static string? Joined(params string?[] parts)
    {
        var known = string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return known.Length == 0 ? null : known;
    }
}
