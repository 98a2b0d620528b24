using PcBench.Contracts;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Results;

/// <summary>Results of machines that do not exist but could, for filling a store. The same seed gives the same results.</summary>
internal sealed class SyntheticResults(int seed)
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScoreKind[] Kinds = [.. WorkloadCatalog.ScoredKinds];

    private readonly Random random = new(seed);

    public IEnumerable<SyntheticResult> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    private SyntheticResult Next()
    {
        var index = CpuModels.Pick(random);
        var model = CpuModels.All[index];
        var measuredAt = First.AddSeconds(random.Next(25_000_000));
        return new SyntheticResult(
            Id(), Bytes(91), Bytes(32), measuredAt.AddMinutes(1), measuredAt, index, SyntheticMachine.Of(model, random), Values(model));
    }

    // By the score's own formula, but from figures instead of samples: a million times the samples would take minutes.
    private BoardValue[] Values(CpuModel model)
    {
        var figures = new SyntheticFigures(model, random);
        var logSums = new double[Kinds.Length];
        var values = new List<BoardValue>(Board.All.Count);
        foreach (var workload in WorkloadCatalog.Scored)
        {
            var figure = figures.Of(workload);
            logSums[(int)workload.Kind] += workload.Weight * Math.Log(ScoreFormula.Points(workload, figure));
            values.Add(Valued(workload.Id, figure, workload.Kind));
        }

        return [.. Kinds.Select(kind => Valued(Board.NameOf(kind), Math.Exp(logSums[(int)kind]), kind)), .. values];
    }

    private BoardValue Valued(string board, double value, ScoreKind kind)
    {
        var factor = 1 + (kind == ScoreKind.Storage ? 0.1 : 0.02) * (1 + random.NextDouble());
        return new BoardValue(board, value, value / factor, value * factor);
    }

    private string Id() => string.Create(20, random, static (id, random) => random.GetItems("0123456789abcdefghjkmnpqrstvwxyz", id));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
