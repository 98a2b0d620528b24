using PcBench.Contracts.Signing;

namespace PcBench.Backend.Features.Imports;

/// <summary>
/// Who imports: a token for an id that the owner chose, <c>Authorization: PcBench ID.EXPIRY.SIGNATURE</c>, and the key that
/// signed it, <c>PcBench-Key</c>. The same key owns what was imported.
/// </summary>
/// <param name="ImportId">Id that the import gets.</param>
/// <param name="OwnerKey">Its owner: SubjectPublicKeyInfo.</param>
internal sealed record ImportProof(string ImportId, byte[] OwnerKey)
{
    public const string KeyHeader = "PcBench-Key";

    private const int MaxKey = 200;

    /// <returns>Null where it is not there, not valid or over.</returns>
    public static ImportProof? Of(HttpRequest request, TimeProvider time)
    {
        var (header, text) = (request.Headers.Authorization.ToString(), request.Headers[KeyHeader].ToString());
        if (!header.StartsWith(OwnerToken.Scheme + " ", StringComparison.OrdinalIgnoreCase) || text.Length is 0 or > MaxKey)
            return null;
        var token = header[(OwnerToken.Scheme.Length + 1)..].Trim();
        var key = new byte[MaxKey];
        if (!Convert.TryFromBase64String(text, key, out var length) || token.Split('.') is not [var id, ..] || !SignedContent.IsId(id))
            return null;
        return OwnerToken.IsValid(token, id, key.AsSpan(0, length), time.GetUtcNow()) ? new ImportProof(id, key[..length]) : null;
    }
}
