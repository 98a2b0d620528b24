namespace PcBench.Bench.Load.Scenarios;

/// <summary>Requests that are made beforehand, sent round and round.</summary>
internal sealed class FixedRequests : IRequestSource
{
    private readonly Request[] requests;
    private int next = -1;

    /// <summary>Requests of one kind.</summary>
    public FixedRequests(string name, string host, IEnumerable<string> paths)
        : this([new RequestKind(name, 200)], paths.Select(path => new Request(0, RequestText.Get(host, path))))
    {
    }

    public FixedRequests(IReadOnlyList<RequestKind> kinds, IEnumerable<Request> requests) =>
        (Kinds, this.requests) = (kinds, [.. requests]);

    public IReadOnlyList<RequestKind> Kinds { get; }

    public bool TryNext(out Request request)
    {
        request = requests[(int)((uint)Interlocked.Increment(ref next) % (uint)requests.Length)];
        return true;
    }
}
