namespace PcBench.Cli.Machine.Cpu;

/// <summary>Who the processor says it is.</summary>
internal sealed record CpuIdentity
{
    /// <summary>Where nothing could be read.</summary>
    public static CpuIdentity Unknown { get; } = new();

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Microarchitecture { get; init; }

    public int? Family { get; init; }

    public int? ModelNumber { get; init; }

    public int? Stepping { get; init; }

    public double? BaseMhz { get; init; }
}
