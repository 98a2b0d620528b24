using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PcBench.Bench.Benchmarks.Native;

/// <summary>The native programs that pcbench is compared with: one of our own in C, and fio.</summary>
internal sealed class Yardsticks(string folder, int processor, long arrayBytes, string textFile)
{
    private const int FileMib = 512;

    /// <summary>Workloads that the C program has.</summary>
    public static IReadOnlyList<string> InC { get; } =
    [
        "memory-bandwidth.single", "memory-copy.single", "memory-read.single", "memory-write.single", "memory-latency",
        "fma-fp32.single", "fma-fp64.single", "aes-gcm.single", "sha-256.single", "matrix-multiply.single", "brotli.single",
    ];

    /// <summary>Workloads that fio has.</summary>
    public static IReadOnlyList<string> OfFio { get; } =
    [
        "storage-read-random", "storage-write-random", "storage-read-sequential", "storage-write-sequential",
        "storage-read-random.qd32", "storage-write-random.qd32", "storage-read-sequential.qd32", "storage-write-sequential.qd32",
    ];

    private string Program => Path.Combine(folder, "yardsticks");

    /// <summary>Compiles the C program.</summary>
    public async Task BuildAsync(CancellationToken cancel) =>
        await OutputOfAsync("gcc", ["-O3", "-march=native", "-ffp-contract=fast", Path.GetFullPath("bench/native/yardsticks.c"), "-o", Program, "-lopenblas", "-lcrypto", "-lbrotlienc"], cancel);

    /// <summary>Figures of these workloads.</summary>
    public async Task<Dictionary<string, double>> MeasureAsync(IReadOnlyList<string> workloads, CancellationToken cancel)
    {
        var figures = new Dictionary<string, double>();
        var inC = workloads.Intersect(InC).ToList();
        if (inC.Count > 0)
        {
            string[] arguments = [$"{processor}", $"{arrayBytes}", textFile, string.Join(' ', inC)];
            foreach (var line in (await OutputOfAsync(Program, arguments, cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Split(' ') is [var name, var figure])
                    figures[name] = double.Parse(figure, CultureInfo.InvariantCulture);
            }
        }

        foreach (var workload in workloads.Intersect(OfFio))
            figures[workload] = await FioAsync(workload, cancel);
        return figures;
    }

    /// <summary>What a program prints.</summary>
    public static async Task<string> OutputOfAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }

    /// <summary>The same engine and depth: threads that wait, 1 or 32 of them.</summary>
    private async Task<double> FioAsync(string workload, CancellationToken cancel)
    {
        var (random, write, deep) = (workload.Contains("random", StringComparison.Ordinal), workload.Contains("write", StringComparison.Ordinal), workload.EndsWith("qd32", StringComparison.Ordinal));
        string[] arguments =
        [
            $"--name={workload}", $"--filename={Path.Combine(folder, "fio")}", $"--size={FileMib}m", "--direct=1", "--ioengine=psync", "--thread",
            $"--rw={(random ? "rand" : "")}{(write ? "write" : "read")}", $"--bs={(random ? "4k" : "1m")}", $"--numjobs={(deep ? 32 : 1)}", "--group_reporting",
            "--time_based", "--runtime=2", "--refill_buffers=0", "--output-format=json",
        ];
        var output = await OutputOfAsync("fio", arguments, cancel);
        var job = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("jobs")[0].GetProperty(write ? "write" : "read");
        return random ? job.GetProperty("iops").GetDouble() : job.GetProperty("bw_bytes").GetDouble() / 1e6;
    }
}
