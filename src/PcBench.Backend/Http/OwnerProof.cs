using PcBench.Contracts.Signing;

namespace PcBench.Backend.Http;

/// <summary>The tokens that came with a request: <c>Authorization: PcBench TOKEN</c>, several parted by commas.</summary>
internal sealed class OwnerProof(IReadOnlyList<string> tokens, DateTimeOffset now)
{
    private const int MaxTokens = 8;

    public static OwnerProof Of(HttpRequest request, TimeProvider time)
    {
        var header = request.Headers.Authorization.ToString();
        var tokens = header.StartsWith(OwnerToken.Scheme + " ", StringComparison.OrdinalIgnoreCase)
            ? header[(OwnerToken.Scheme.Length + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        return new OwnerProof([.. tokens.Take(MaxTokens)], time.GetUtcNow());
    }

    /// <summary>Whether one of the tokens is for this result, by its owner's key, and still holds.</summary>
    public bool Owns(string resultId, byte[] ownerKey) => tokens.Any(token => OwnerToken.IsValid(token, resultId, ownerKey, now));
}
