using System.Text.Json.Serialization;

namespace PcBench.Contracts.Results;

/// <summary>What the machine drew its power from.</summary>
[JsonConverter(typeof(CamelCase<PowerSource>))]
public enum PowerSource
{
    /// <summary>Mains.</summary>
    Mains,

    /// <summary>Battery: clocks may be held down.</summary>
    Battery,
}

/// <summary>What state the machine was in. Whatever could not be read is absent.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>Frequency governor or power plan: <c>performance</c>.</summary>
    public string? Governor { get; init; }

    /// <summary>Power source.</summary>
    public PowerSource? Power { get; init; }

    /// <summary>Runnable processes before the run, one-minute average.</summary>
    /// <value>0 or more.</value>
    public double? LoadAverage { get; init; }

    /// <summary>Share of processor time that others used just before the run, in per cent of all logical processors.</summary>
    /// <value>0 to 100.</value>
    public double? BusyPercent { get; init; }

    /// <summary>Share of processor time the hypervisor gave to others during the run, in per cent.</summary>
    /// <value>0 to 100.</value>
    public double? StealPercent { get; init; }

    /// <summary>Hottest processor sensor before the run, in °C.</summary>
    public double? TemperatureBeforeC { get; init; }

    /// <summary>Hottest processor sensor at the end of the run, in °C.</summary>
    public double? TemperatureAfterC { get; init; }

    /// <summary>Microcode revision: <c>0xa101148</c>.</summary>
    public string? Microcode { get; init; }

    /// <summary>Transparent huge pages: <c>always</c>, <c>madvise</c> or <c>never</c>.</summary>
    public string? HugePages { get; init; }

    /// <summary>Spectre and its like, as the kernel tells: which of them are mitigated, and how.</summary>
    /// <value>At most 64 texts: <c>meltdown: Mitigation: PTI</c>.</value>
    public IReadOnlyList<string>? Mitigations { get; init; }

    /// <summary>The state in the course of the run, about every second, always between two samples.</summary>
    /// <value>At most 2,000.</value>
    public IReadOnlyList<StateInCourse>? Course { get; init; }
}

/// <summary>The state at one moment of a run. Whatever could not be read is absent.</summary>
public sealed record StateInCourse
{
    /// <summary>When, in seconds after the start of the run.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>The first measuring thread's clock, measured by a chain of dependent operations, in MHz.</summary>
    public double? Mhz { get; init; }

    /// <summary>Hottest processor sensor in °C.</summary>
    public double? TemperatureC { get; init; }

    /// <summary>Share of processor time that others used since the moment before, in per cent of all logical processors.</summary>
    public double? BusyPercent { get; init; }

    /// <summary>Share of processor time that the hypervisor gave to others since the moment before, in per cent.</summary>
    public double? StealPercent { get; init; }
}
