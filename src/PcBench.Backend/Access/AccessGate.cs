using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PcBench.Backend.Access;

/// <summary>Whether a request shows a key that opens this contour: in a header, for programs, or in a cookie, for browsers.</summary>
internal sealed class AccessGate(IOptions<AccessOptions> options)
{
    /// <summary>Header that shows a key.</summary>
    public const string Header = "PcBench-Cohort";

    /// <summary>Cookie that shows a key.</summary>
    public const string Cookie = "pcbench-cohort";

    private const int MaxLength = 200;

    // Of one length, whatever is compared, so that time tells nothing of a key.
    private readonly Lazy<byte[][]> hashes = new(() => [.. options.Value.Keys.Select(HashOf)]);

    /// <summary>Whether everybody may come in.</summary>
    public bool IsOpen => options.Value.Known == AccessMode.Public;

    /// <summary>Whether this request may.</summary>
    public bool Admits(HttpRequest request)
    {
        if (IsOpen)
            return true;
        var headers = request.Headers[Header];
        return headers.Count > 0
            ? headers is [{ } shown] && Opens(shown) // several are none: which one the next proxy would believe is not known
            : Opens(request.Cookies[Cookie]);
    }

    /// <summary>Whether it is a key. All are compared, whichever it is.</summary>
    public bool Opens(string? key)
    {
        if (key is not { Length: > 0 and <= MaxLength })
            return false;
        var (hash, opens) = (HashOf(key), false);
        foreach (var known in hashes.Value)
            opens |= CryptographicOperations.FixedTimeEquals(known, hash);
        return opens;
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
