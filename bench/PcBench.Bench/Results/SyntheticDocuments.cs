using System.Security.Cryptography;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Results;

/// <summary>
/// Signed documents as pcbench writes them after a quick run, of the same size (36 KB): 60 samples for each workload, each
/// with its time and its share of the processor. No two have the same samples.
/// </summary>
internal sealed class SyntheticDocuments(int seed) : IDisposable
{
    private const int Samples = 60;
    private const int MostSamples = 250; // of the workload that did not come to rest
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // As many installations: making a key for each document would take longer than all else.
    private readonly ECDsa[] keys = [.. Enumerable.Range(0, 500).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];

    /// <summary>Document <paramref name="number"/>: the same samples in every run of the program, under another key.</summary>
    public byte[] Signed(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var model = CpuModels.All[CpuModels.Pick(random)];
        var key = keys[number % keys.Length];

        // A key signs one thing at a time.
        lock (key)
            return ResultSigner.Sign(Document(model, random), key);
    }

    public void Dispose()
    {
        foreach (var key in keys)
            key.Dispose();
    }

    private static ResultDocument Document(CpuModel model, Random random)
    {
        var figures = new SyntheticFigures(model, random);
        var longest = random.Next(WorkloadCatalog.Scored.Count);
        return new ResultDocument
        {
            Schema = ResultDocument.CurrentSchema,
            Agent = new AgentInfo { Name = "pcbench", Version = "0.1.0+4252ad4d9bc4f4256f8f6c271ee10ca1e2a3c316", Runtime = ".NET 10.0.12", PublicKey = "" },
            Run = new RunInfo { StartedAt = First.AddSeconds(random.Next(25_000_000)), DurationSeconds = 34.1, Preset = RunPreset.Quick, BudgetSeconds = 60 },
            Machine = SyntheticMachine.Of(model, random),
            Environment = new EnvironmentInfo { Governor = "performance", LoadAverage = 0.2, BusyPercent = 1.25, StealPercent = 0, HugePages = "madvise" },
            Workloads = [.. WorkloadCatalog.Scored.Select((workload, i) => Measured(workload, figures.Of(workload), model, i == longest ? MostSamples : Samples, random))],
        };
    }

    private static WorkloadResult Measured(Workload workload, double figure, CpuModel model, int count, Random random)
    {
        var (samples, times, shares) = (new double[count], new double[count], new double[count]);
        var at = 5 + random.NextDouble();
        for (var i = 0; i < count; i++)
        {
            // Noise only ever slows: most samples are near the best, some far off.
            var slowed = 1 - 0.02 * Math.Log(1 - random.NextDouble());
            samples[i] = Digits(workload.Better == Better.Higher ? figure / slowed : figure * slowed);
            times[i] = Math.Round(at += 28.0 / count * (0.5 + random.NextDouble()), 3);
            shares[i] = Math.Round(1 - 0.004 * random.NextDouble(), 4);
        }

        return new WorkloadResult
        {
            Id = workload.Id,
            Version = workload.Version,
            Unit = workload.Unit,
            Threads = workload.Id.EndsWith(".multi", StringComparison.Ordinal) ? model.Threads : 1,
            Samples = samples,
            AtSeconds = times,
            CpuShare = workload.Kind == ScoreKind.Storage ? null : shares,
            Digest = workload.Digest,
        };
    }

    // Seven significant digits, as the agent writes them.
    private static double Digits(double value)
    {
        var scale = Math.Pow(10, 6 - Math.Floor(Math.Log10(value)));
        return Math.Round(value * scale) / scale;
    }
}
