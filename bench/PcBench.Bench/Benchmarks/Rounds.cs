using PcBench.Contracts.Statistics;

namespace PcBench.Bench.Benchmarks;

/// <summary>Two things measured turn by turn, so that whatever else the machine does meets both alike.</summary>
internal sealed class Rounds(string first, string second)
{
    private readonly List<(double First, double Second)> all = [];

    /// <summary>Median of the first ÷ median of the second.</summary>
    public double Ratio => FirstMedian / SecondMedian;

    public double FirstMedian => Median(round => round.First);

    public double SecondMedian => Median(round => round.Second);

    /// <summary>Keeps a round and shows it.</summary>
    public void Add(double a, double b)
    {
        if (all.Count == 0)
            Console.WriteLine($"{"a second",-12} {first,24} {second,34}   ratio");
        all.Add((a, b));
        Console.WriteLine($"{$"round {all.Count}",-12} {a,24:N0} {b,34:N0}   {a / b,5:F2}");
    }

    public void WriteMedians() => Console.WriteLine($"{"median",-12} {FirstMedian,24:N0} {SecondMedian,34:N0}   {Ratio,5:F2}");

    private double Median(Func<(double First, double Second), double> side) => SampleStatistics.MedianOf([.. all.Select(side)]).Median;
}
