using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace PcBench.Bench.Benchmarks.Native;

/// <summary>
/// The same work by the kernels of likwid-bench, which are in assembler: of two widths the faster, as with ours, its arrays on huge pages too. It reports the mean of a
/// second.
/// </summary>
internal static class Likwid
{
    private const string Program = "likwid-bench";

    /// <summary>By workload: how many arrays a kernel walks through (none: it stays in the first cache), and the kernels for 256 and 512 bits.</summary>
    private static readonly Dictionary<string, (int Arrays, string Narrow, string Wide)> Kernels = new()
    {
        ["memory-bandwidth.single"] = (3, "stream_mem_avx_fma", "stream_mem_avx512"), // STREAM's triad, stores past the caches; its "triad" has a fourth array
        ["memory-copy.single"] = (2, "copy_mem_avx", "copy_mem_avx512"),
        ["memory-read.single"] = (1, "load_avx", "load_avx512"),
        ["memory-write.single"] = (1, "store_mem_avx", "store_mem_avx512"),
        ["fma-fp32.single"] = (0, "peakflops_sp_avx_fma", "peakflops_sp_avx512_fma"),
        ["fma-fp64.single"] = (0, "peakflops_avx_fma", "peakflops_avx512_fma"),
    };

    /// <summary>Whether it is installed and has kernels for this processor.</summary>
    public static bool IsThere =>
        Fma.IsSupported && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Figures of those workloads that it has, in GB/s or GFLOPS.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(IEnumerable<string> workloads, int processor, long arrayBytes, CancellationToken cancel)
    {
        var figures = new Dictionary<string, double>();
        foreach (var workload in workloads.Where(Kernels.ContainsKey))
        {
            var (arrays, narrow, wide) = Kernels[workload];
            foreach (var kernel in Avx512F.IsSupported ? [narrow, wide] : new[] { narrow })
            {
                var size = arrays == 0 ? "16kB" : $"{arrays * arrayBytes / 1_000_000}MB";
                string[] arguments = ["GLIBC_TUNABLES=glibc.malloc.hugetlb=1", "taskset", "-c", $"{processor}", Program, "-t", kernel, "-w", $"N:{size}:1", "-s", "1"];
                var label = arrays == 0 ? "MFlops/s:" : "MByte/s:";
                var line = (await Yardsticks.OutputOfAsync("env", arguments, cancel)).Split('\n').First(line => line.StartsWith(label, StringComparison.Ordinal));
                figures[workload] = Math.Max(figures.GetValueOrDefault(workload), double.Parse(line[label.Length..].Trim(), CultureInfo.InvariantCulture) / 1000);
            }
        }

        return figures;
    }
}
