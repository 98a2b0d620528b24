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
}
