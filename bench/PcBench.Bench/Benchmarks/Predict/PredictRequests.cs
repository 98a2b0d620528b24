using System.Text.Json;
using PcBench.Bench.Load;
using PcBench.Bench.Load.Scenarios;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Bench.Benchmarks.Predict;

/// <summary>Machines of several vendors and sizes, described as fully as the agent does.</summary>
internal static class PredictRequests
{
    private static readonly (string Model, string Core, double Mhz, string Vendor, int L2, int L1)[] Processors =
    [
        ("AMD EPYC 7763 64-Core Processor", "Zen3", 2450, "AMD", 512, 32), ("AMD EPYC 9654 96-Core Processor", "Zen4", 2400, "AMD", 1024, 32),
        ("Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "IceLake", 2800, "Intel", 1280, 48), ("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", "Broadwell", 2400, "Intel", 256, 32),
        ("Neoverse-V2", "Neoverse-V2", 2800, "ARM", 2048, 64),
    ];

    public static IReadOnlyList<PredictRequest> All { get; } =
    [
        .. from cpu in Processors
           from cores in new[] { 1, 2, 4, 8, 16, 32, 48 }
           let isArm = cpu.Vendor == "ARM"
           select new PredictRequest(new Hardware
           {
               CpuModel = cpu.Model,
               Microarchitecture = cpu.Core,
               BaseMhz = cpu.Mhz,
               Vendor = cpu.Vendor,
               Architecture = isArm ? "aarch64" : "x86_64",
               Sockets = 1,
               Cores = cores,
               Threads = isArm ? cores : cores * 2,
               L1DataKib = cores * cpu.L1,
               L1InstructionKib = cores * 32,
               L2Kib = cores * cpu.L2,
               L2Instances = cores,
               L3Kib = 32768,
               L3Instances = 1,
               NumaNodes = 1,
               MemoryMib = cores * 8192,
               InstructionSets = isArm ? ["ASIMD", "SVE", "SVE2", "AES"] : ["SSE4_2", "AVX", "AVX2", "FMA", "AES"],
               Hypervisor = "KVM",
           }),
    ];

    /// <summary>The same, ready to be sent.</summary>
    public static FixedRequests Over(Uri server, bool explain) => new(
        [new RequestKind("predict", 200)],
        All.Select(request => new Request(0, RequestText.Post(server.Authority, "v1/predict", JsonSerializer.SerializeToUtf8Bytes(request with { Explain = explain }, ApiJson.Default.PredictRequest)))));
}
