using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using P25.Releases;
using P25.Tools;

namespace P25.Plans;

/// <summary>
/// What a deploy would do, and a hash over all of it: the contour, the release, the revision that is live and every rendered object. Who
/// approves the hash approves exactly this; once anything differs, so does the hash.
/// </summary>
internal sealed record Plan
{
    public const string CurrentSchema = "p25.plan/1";

    public required string Schema { get; init; }

    public required string Contour { get; init; }

    public required string Namespace { get; init; }

    public required string Version { get; init; }

    /// <summary>The set of digests.</summary>
    public required string Release { get; init; }

    public required string Commit { get; init; }

    /// <summary>Helm's revision that is live; 0: none.</summary>
    public required int LiveRevision { get; init; }

    /// <summary>SHA-256, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required string MadeBy { get; init; }

    public required IReadOnlyList<ObjectChange> Changes { get; init; }

    /// <summary>Contract migrations that the database has not seen: after them there is no way back.</summary>
    public required IReadOnlyList<string> NewContracts { get; init; }

    /// <summary>Whether a text is a whole hash and not the path of a plan's file.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    public static string HashOf(string contour, string space, Release release, int liveRevision, HelmRendering rendering)
    {
        var text = string.Join('\n', CurrentSchema, contour, space, release.Id, release.Version, release.Commit, release.PromotedFrom?.Version ?? "",
            liveRevision, rendering.Manifest, "---", rendering.Hooks);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static Plan Read(string path)
    {
        if (!File.Exists(path))
            throw new P25Exception(P25ExitCodes.NotFound, $"There is no plan file '{path}'.", "Make one with 'p25 plan CONTOUR --out plan.json'.");
        try
        {
            var plan = JsonSerializer.Deserialize(File.ReadAllBytes(path), P25Json.Readable.Plan);
            return plan is { Schema: CurrentSchema } ? plan : throw new JsonException($"Its schema is not {CurrentSchema}.");
        }
        catch (JsonException error)
        {
            throw new P25Exception(P25ExitCodes.Usage, $"{path} is no plan: {error.Message}", "Make one with 'p25 plan CONTOUR --out plan.json'.");
        }
    }
}
