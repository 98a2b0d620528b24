using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace P25.Verify;

/// <summary>
/// The whole way of a result: a signed document is submitted as private, and deleted by its owner. Each is new, so that something is really
/// written; none is ever ranked, and what stays is the tombstone of a deleted result.
/// </summary>
internal sealed class SmokeCheck(ContourSite site, string path, TimeProvider time)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(5);

    public async Task<Check> RunAsync(CancellationToken cancel)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            using var stored = await site.SendAsync(HttpMethod.Post, $"{path}?visibility=private", cancel, Document(key, time.GetUtcNow()));
            var text = await stored.Content.ReadAsStringAsync(cancel);
            if (!stored.IsSuccessStatusCode || IdOf(text) is not { } id)
                return new Check("smoke", CheckState.Failed, $"a submission is answered with {(int)stored.StatusCode}: {(text.Length <= 300 ? text : text[..300])}");
            using var deleted = await site.SendAsync(HttpMethod.Delete, $"{path}/{id}", cancel, owner: $"PcBench {Token(key, id)}");
            return deleted.IsSuccessStatusCode
                ? new Check("smoke", CheckState.Passed, $"result {id} was submitted and deleted")
                : new Check("smoke", CheckState.Failed, $"result {id} was submitted; deleting it is answered with {(int)deleted.StatusCode}");
        }
        catch (Exception away) when (SiteChecks.IsAway(away, cancel))
        {
            return new Check("smoke", CheckState.Failed, away.Message);
        }
    }

    /// <summary>A document of the smallest kind, signed. The template is in canonical form (RFC 8785), and what is put in keeps it so.</summary>
    internal static string Document(ECDsa key, DateTimeOffset now)
    {
        using var reader = new StreamReader(typeof(SmokeCheck).Assembly.GetManifestResourceStream("smoke.json")!);

        // The time as decimals, 15 digits in all and the last one not 0: a number that is written one way alone, and new each time.
        var sample = (long)(now - new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMilliseconds % 1_000_000_000_000;
        var content = reader.ReadToEnd().Trim()
            .Replace("$publicKey", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), StringComparison.Ordinal)
            .Replace("$startedAt", now.AddMinutes(-1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("\"$sample\"", $"80.{sample:D12}1", StringComparison.Ordinal);
        var signature = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256));
        return $$"""{"signature":{"algorithm":"ES256","value":"{{signature}}"},{{content[1..]}}""";
    }

    private string Token(ECDsa key, string id)
    {
        var expires = (time.GetUtcNow() + TokenLife).ToUnixTimeSeconds();
        var statement = Encoding.UTF8.GetBytes($"pcbench.owner/1\n{id}\n{expires}");
        return $"{id}.{expires}.{Base64Url.EncodeToString(key.SignData(statement, HashAlgorithmName.SHA256))}";
    }

    private static string? IdOf(string text)
    {
        try
        {
            return (string?)JsonNode.Parse(text)?["id"];
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // a proxy's page, not the service's answer
        }
    }
}
