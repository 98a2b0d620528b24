namespace PcBench.Bench.Load.Scenarios;

/// <summary>Several sources in turn, by a repeated pattern.</summary>
/// <param name="sources">The sources.</param>
/// <param name="pattern">Index of the source of each request, repeated.</param>
internal sealed class Mixture(IReadOnlyList<IRequestSource> sources, IReadOnlyList<int> pattern) : IRequestSource
{
    private readonly int[] firstKinds = [.. sources.Select((_, i) => sources.Take(i).Sum(source => source.Kinds.Count))];
    private int next = -1;

    public IReadOnlyList<RequestKind> Kinds { get; } = [.. sources.SelectMany(source => source.Kinds)];

    public bool TryNext(out Request request)
    {
        var chosen = pattern[(int)((uint)Interlocked.Increment(ref next) % (uint)pattern.Count)];
        var found = sources[chosen].TryNext(out request);
        request = request with { Kind = request.Kind + firstKinds[chosen] };
        return found;
    }
}
