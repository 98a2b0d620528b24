using System.Text.Json.Serialization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>What <c>pcbench detect</c> tells: the same two members that a result has.</summary>
/// <param name="Machine">What the machine is.</param>
/// <param name="Environment">What state it is in.</param>
internal sealed record MachineReport(MachineInfo Machine, EnvironmentInfo Environment);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(MachineReport))]
internal sealed partial class MachineJson : JsonSerializerContext;
