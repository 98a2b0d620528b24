using PcBench.Contracts;
using PcBench.Contracts.Results;

namespace PcBench.Bench.Results;

/// <summary>A result as the backend stores it, but for its document.</summary>
/// <param name="Id">Id.</param>
/// <param name="OwnerKey">Owner's key, or as many bytes.</param>
/// <param name="Measurement">Hash of the samples, or as many bytes.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="MeasuredAt">When it was measured.</param>
/// <param name="Model">Index of its CPU model in <see cref="CpuModels.All"/>.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Values">Its values, of every board, in the boards' order.</param>
internal sealed record SyntheticResult(
    string Id,
    byte[] OwnerKey,
    byte[] Measurement,
    DateTimeOffset SubmittedAt,
    DateTimeOffset MeasuredAt,
    int Model,
    MachineInfo Machine,
    IReadOnlyList<BoardValue> Values);
