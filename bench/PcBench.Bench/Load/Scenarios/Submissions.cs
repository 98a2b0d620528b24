using PcBench.Bench.Results;

namespace PcBench.Bench.Load.Scenarios;

/// <summary>Distinct signed documents, each once.</summary>
internal sealed class Submissions(DocumentSupply supply) : IRequestSource
{
    public IReadOnlyList<RequestKind> Kinds { get; } = [new RequestKind("submit", 201)];

    public bool TryNext(out Request request)
    {
        var found = supply.TryTake(out var bytes);
        request = new Request(0, bytes);
        return found;
    }
}
