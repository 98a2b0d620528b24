using PcBench.Contracts.Api;

namespace PcBench.Ml.Tables;

/// <summary>What a row of a table is.</summary>
internal enum MachineKind
{
    /// <summary>One real machine, as its system shows it, with the scores of one run each.</summary>
    Server,

    /// <summary>One CPU model by its data sheet, with averages over many machines.</summary>
    Chart,
}

/// <summary>A row of a table: hardware and what was measured on it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Hardware">The hardware.</param>
/// <param name="Family">Key of the CPU's family: what must not be on both sides of a split.</param>
/// <param name="Figures">Figures over 0 by metric.</param>
/// <param name="Samples">Over how many results a figure is an average.</param>
/// <param name="Row">Where it stands.</param>
internal sealed record Machine(
    MachineKind Kind, Hardware Hardware, string Family, IReadOnlyDictionary<string, double> Figures, double Samples, TableRow Row)
{
    public double? Figure(string metric) => Figures.TryGetValue(metric, out var figure) ? figure : null;
}
