using System.Security.Cryptography;
using System.Text.Json;
using PcBench.Contracts.Results;

namespace PcBench.Contracts.Signing;

/// <summary>Signature over a result document.</summary>
public sealed record ResultSignature
{
    /// <summary>The only value of <see cref="Algorithm"/>: ECDSA with P-256 and SHA-256.</summary>
    public const string Es256 = "ES256";

    /// <summary>Algorithm.</summary>
    /// <value>Always <c>ES256</c>.</value>
    public required string Algorithm { get; init; }

    /// <summary>Signature of the canonical form (RFC 8785) of the document without this member.</summary>
    /// <value>64 bytes (r, s: IEEE P1363), Base64.</value>
    public required string Value { get; init; }
}

/// <summary>What a document's id and its signature are made of.</summary>
/// <param name="Hash">SHA-256 of its canonical form without the signature.</param>
/// <param name="Id">The result's id: 20 characters of <c>[0-9a-z]</c>.</param>
public sealed record SignedContent(byte[] Hash, string Id)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's Base32: no i, l, o, u

    /// <summary>Canonical content of a document's bytes. The same content has the same id, however it is formatted.</summary>
    /// <param name="document">UTF-8 JSON, an object.</param>
    public static SignedContent Of(ReadOnlyMemory<byte> document)
    {
        var hash = SHA256.HashData(CanonicalJson.Of(document.Span, except: "signature").Span);
        return new SignedContent(hash, IdOf(hash));
    }

    /// <summary>Whether <paramref name="text"/> has the form of a result's id.</summary>
    public static bool IsId(string text) => text.Length == 20 && text.All(Alphabet.Contains);

    /// <summary>An id of the same form that nothing has: for what is not made of its content.</summary>
    public static string NewId() => IdOf(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>First 100 bits of a hash in Base32.</summary>
    private static string IdOf(ReadOnlySpan<byte> hash)
    {
        Span<char> id = stackalloc char[20];
        for (var i = 0; i < id.Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[bit / 8 + 1];
            id[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(id);
    }
}

/// <summary>Signs and verifies results.</summary>
public static class ResultSigner
{
    /// <summary>Signs a document with its installation's key.</summary>
    /// <param name="unsigned">The document; its <see cref="AgentInfo.PublicKey"/> is replaced by the key's own.</param>
    /// <param name="key">A P-256 key.</param>
    /// <returns>The exact bytes to submit.</returns>
    public static byte[] Sign(ResultDocument unsigned, ECDsa key)
    {
        var owned = unsigned with
        {
            Agent = unsigned.Agent with { PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) },
            Signature = null,
        };
        var content = SignedContent.Of(JsonSerializer.SerializeToUtf8Bytes(owned, DocumentJson.Default.ResultDocument));
        var signature = key.SignHash(content.Hash);
        var signed = owned with
        {
            Signature = new ResultSignature { Algorithm = ResultSignature.Es256, Value = Convert.ToBase64String(signature) },
        };
        return JsonSerializer.SerializeToUtf8Bytes(signed, DocumentJson.Default.ResultDocument);
    }

    /// <summary>Whether <paramref name="signature"/> is <paramref name="publicKey"/>'s over <paramref name="content"/>.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">64 bytes.</param>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = TryImport(publicKey);
        return key is not null && key.VerifyData(content, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>A P-256 public key, or null where the bytes are not one.</summary>
    public static ECDsa? TryImport(ReadOnlySpan<byte> publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read == publicKey.Length && key.ExportParameters(false).Curve.Oid.Value == "1.2.840.10045.3.1.7")
                return key;
        }
        catch (CryptographicException)
        {
            // Not a key: the answer is null, and the caller names the field.
        }

        key.Dispose();
        return null;
    }
}
