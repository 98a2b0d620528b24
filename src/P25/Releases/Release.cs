using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace P25.Releases;

/// <summary>One image by its content.</summary>
/// <param name="Repository">Where it is: <c>registry/name</c>, without a tag.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
internal sealed record ImageRef(string Repository, string Digest);

/// <summary>Where a release was promoted from.</summary>
/// <param name="Contour">The contour in which it was verified.</param>
/// <param name="Version">The version that it had there.</param>
/// <param name="Record">Number of the ledger's record that says so.</param>
internal sealed record Promotion(string Contour, string Version, int Record);

/// <summary>
/// <c>release.json</c>: backend, ml and frontend by digest, the commit that they are built of and the schema that they need. It is
/// built once, then deployed, promoted and rolled back as one.
/// </summary>
internal sealed partial record Release
{
    public const string CurrentSchema = "p25.release/1";
    public static readonly string[] ImageNames = ["backend", "ml", "frontend"];

    public required string Schema { get; init; }

    /// <summary><c>1.2.3</c>, <c>1.2.3-beta1</c>, or <c>main-</c> and the commit's first 12 digits.</summary>
    public required string Version { get; init; }

    /// <summary>The full ref that it was built or promoted for.</summary>
    public required string Ref { get; init; }

    /// <summary>The commit's full hash.</summary>
    public required string Commit { get; init; }

    /// <summary>SHA-256 over what the images and the chart are made of. Two commits with the same content are the same release to a hold.</summary>
    public required string Content { get; init; }

    public required DateTimeOffset BuiltAt { get; init; }

    public required string BuiltBy { get; init; }

    /// <summary>backend, ml, frontend.</summary>
    public required IReadOnlyDictionary<string, ImageRef> Images { get; init; }

    /// <summary>All migrations that the backend knows, in order, without <c>.sql</c>.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }

    public Promotion? PromotedFrom { get; init; }

    /// <summary>Names the set of digests: the first 12 hexadecimal digits of their SHA-256.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Images.OrderBy(image => image.Key, StringComparer.Ordinal).Select(image => $"{image.Key} {image.Value.Digest}")))))[..12];

    /// <summary>Migrations after which older releases do not run: <c>NNNN-contract-…</c>.</summary>
    [JsonIgnore]
    public IEnumerable<string> Contracts => Migrations.Where(name => Contract().IsMatch(name));

    /// <summary>For people: version and id.</summary>
    public override string ToString() => $"{Version} ({Id})";

    /// <summary>Reads <c>release.json</c>; everything that is wrong with it is told at once.</summary>
    public static Release Read(string path)
    {
        if (!File.Exists(path))
            throw new P25Exception(P25ExitCodes.NotFound, $"There is no release file '{path}'.", "Make one with 'p25 build' or 'p25 promote', or name it with --release.");
        try
        {
            var release = JsonSerializer.Deserialize(File.ReadAllBytes(path), P25Json.Readable.Release) ?? throw new JsonException("It is null.");
            if (release.Problems().ToList() is { Count: > 0 } problems)
                throw new P25Exception(P25ExitCodes.Usage, $"{path}: {string.Join(" ", problems)}", "Make the file again with 'p25 build'.");
            return release;
        }
        catch (JsonException error)
        {
            throw new P25Exception(P25ExitCodes.Usage, $"{path} is no release: {error.Message}", "Make the file again with 'p25 build'.");
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, P25Json.Readable.Release) + '\n');

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Problems()
    {
        if (Schema != CurrentSchema)
            yield return $"schema is '{Schema}', not {CurrentSchema}.";
        if (!VersionText().IsMatch(Version))
            yield return $"version '{Version}' is not one that a label takes.";
        if (!Hash().IsMatch(Commit))
            yield return $"commit '{Commit}' is not a full hash.";
        foreach (var name in ImageNames.Where(name => !Images.ContainsKey(name)))
            yield return $"images.{name} is missing.";
        foreach (var (name, image) in Images)
        {
            if (image is null) // JSON can say so, whatever the type says
            {
                yield return $"images.{name} is null.";
                continue;
            }

            if (!Digest().IsMatch(image.Digest))
                yield return $"images.{name}.digest '{image.Digest}' is not sha256: and 64 hexadecimal digits; tags move, so an image goes by digest.";
            if (!Repository().IsMatch(image.Repository))
                yield return $"images.{name}.repository '{image.Repository}' is not a repository without tag or digest.";
        }

        foreach (var name in Migrations.Where(name => name is null || !MigrationName().IsMatch(name)))
            yield return $"migration '{name}' is not NNNN-expand-… or NNNN-contract-….";
    }

    [GeneratedRegex(@"\A[0-9]{4}-contract-")]
    private static partial Regex Contract();

    [GeneratedRegex(@"\A[0-9]{4}-(expand|contract)-[a-z0-9-]+\z")]
    private static partial Regex MigrationName();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*)+\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[0-9a-f]{40}([0-9a-f]{24})?\z")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex VersionText();
}
