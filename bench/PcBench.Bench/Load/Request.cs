namespace PcBench.Bench.Load;

/// <summary>A kind of request that is counted on its own.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Expected">The only status that is not an error.</param>
internal sealed record RequestKind(string Name, int Expected);

/// <summary>One request, ready to be sent: nothing is composed while the clock runs.</summary>
/// <param name="Kind">Index of its kind.</param>
/// <param name="Bytes">Head and body.</param>
internal readonly record struct Request(int Kind, ReadOnlyMemory<byte> Bytes);

/// <summary>What is sent, one after the other; asked by several threads.</summary>
internal interface IRequestSource
{
    /// <summary>The kinds that requests name by index.</summary>
    IReadOnlyList<RequestKind> Kinds { get; }

    /// <summary>The next request; false where there are no more.</summary>
    bool TryNext(out Request request);
}
