using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PcBench.Backend.Features.Appeals;

/// <summary>Tells whether a request is an administrator's.</summary>
internal sealed class AdminKey(IOptions<AdminOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? hash = Read(options.Value) is { Length: > 0 } key ? Hash(key) : null;

    /// <summary>Whether there is a key at all.</summary>
    public bool IsSet => hash is not null;

    /// <summary>Whether the request brought it. The time it takes says nothing of the key: hashes of one length are compared in whole.</summary>
    public bool IsIn(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return hash is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), hash);
    }

    public static string? Read(AdminOptions options) => options.KeyFile is { } file ? File.ReadAllText(file).Trim() : options.Key;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
