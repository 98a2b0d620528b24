using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PcBench.Contracts.Signing;

/// <summary>
/// Proof of ownership: a short statement "the owner of this key allows everything on this result until then", signed by
/// the key that signed the result. It travels as <c>Authorization: PcBench TOKEN</c>, or after <c>#owner=</c> in the
/// address of a page, where no server sees it. The server keeps no secret and no session.
/// </summary>
/// <remarks>Form: <c>RESULT.EXPIRY.SIGNATURE</c>, expiry in Unix seconds, signature in Base64url.</remarks>
public static class OwnerToken
{
    /// <summary>Name of the scheme in the Authorization header.</summary>
    public const string Scheme = "PcBench";

    private const string Context = "pcbench.owner/1";

    /// <summary>Makes a token.</summary>
    /// <param name="key">The key that signed the result.</param>
    /// <param name="resultId">The result.</param>
    /// <param name="expires">When it ends.</param>
    public static string Create(ECDsa key, string resultId, DateTimeOffset expires)
    {
        var unix = expires.ToUnixTimeSeconds();
        return $"{resultId}.{unix}.{Base64Url.EncodeToString(key.SignData(Statement(resultId, unix), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Whether a token is for this result, by this key, and still holds.</summary>
    /// <param name="token">The token.</param>
    /// <param name="resultId">The result that is asked for.</param>
    /// <param name="publicKey">The result's owner: SubjectPublicKeyInfo.</param>
    /// <param name="now">The time.</param>
    public static bool IsValid(string token, string resultId, ReadOnlySpan<byte> publicKey, DateTimeOffset now)
    {
        if (token.Length > 200 || token.Split('.') is not [var id, var expiry, var text])
            return false;
        if (id != resultId || !long.TryParse(expiry, out var unix) || unix <= now.ToUnixTimeSeconds())
            return false;
        Span<byte> signature = stackalloc byte[96];
        return Base64Url.IsValid(text, out var length)
            && length == 64
            && Base64Url.TryDecodeFromChars(text, signature, out var written)
            && ResultSigner.Verify(publicKey, Statement(resultId, unix), signature[..written]);
    }

    private static byte[] Statement(string resultId, long expiry) => Encoding.UTF8.GetBytes($"{Context}\n{resultId}\n{expiry}");
}
