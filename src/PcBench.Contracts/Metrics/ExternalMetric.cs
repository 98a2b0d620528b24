using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Metrics;

/// <summary>A figure of another benchmark.</summary>
/// <param name="Id">Name: benchmark with its major version, then what is measured: <c>geekbench6.single.clang</c>.</param>
/// <param name="Column">Its column in a table of machines (CSV): <c>geekbench_single_clang</c>.</param>
/// <param name="Title">Name for people, English.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Better">Which direction is better.</param>
public sealed record ExternalMetric(string Id, string Column, string Title, string Unit, Better Better = Better.Higher);
