using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PcBench.Platform.Blobs;

namespace PcBench.Ml.Registry;

/// <summary>A model that must not be used.</summary>
public sealed class RefusedModelException(string message) : Exception(message);

/// <summary>There is no model of a version.</summary>
public sealed class NoSuchModelException(string message) : Exception(message);

/// <summary>Versioned models in the object store: <c>models/VERSION/{model.bin,card.json,report.html,signature.json}</c> and which one is active.</summary>
internal sealed class ModelRegistry(IBlobStore blobs, IOptions<ModelOptions> options)
{
    private const string Root = "models/";
    private const string Tables = "tables/";
    private const string ActiveKey = Root + "active.json";
    private const int KeptBefore = 20;

    public static string VersionOf(byte[] model) => "m-" + Convert.ToHexStringLower(SHA256.HashData(model))[..12];

    public async Task StoreAsync(byte[] model, ModelCard card, string report, CancellationToken cancel)
    {
        // The card comes last: a version whose card is there is whole.
        await blobs.PutAsync(Key(card.Version, "model.bin"), model, cancel);
        await blobs.PutAsync(Key(card.Version, "report.html"), Encoding.UTF8.GetBytes(report), cancel);
        await blobs.PutAsync(Key(card.Version, "signature.json"), JsonSerializer.SerializeToUtf8Bytes(Sign(card.Version, model), RegistryJson.Default.ModelSignature), cancel);
        await blobs.PutAsync(Key(card.Version, "card.json"), JsonSerializer.SerializeToUtf8Bytes(card, RegistryJson.Default.ModelCard), cancel);
    }

    /// <exception cref="NoSuchModelException">It is not there.</exception>
    /// <exception cref="RefusedModelException">It is not what was signed.</exception>
    public async Task<ModelFile> LoadAsync(string version, CancellationToken cancel)
    {
        var model = await blobs.GetAsync(Key(version, "model.bin"), cancel) ?? throw new NoSuchModelException($"There is no model {version}. 'ml models list' shows what there is.");
        var signature = await blobs.GetAsync(Key(version, "signature.json"), cancel) ?? throw new RefusedModelException($"Model {version} has no signature. Train it anew.");
        Check(version, model, JsonSerializer.Deserialize(signature, RegistryJson.Default.ModelSignature));
        try
        {
            return ModelFile.Of(model);
        }
        catch (InvalidDataException invalid)
        {
            throw new RefusedModelException($"Model {version}: {invalid.Message}");
        }
    }

    public async Task<ModelCard?> CardAsync(string version, CancellationToken cancel) =>
        await blobs.GetAsync(Key(version, "card.json"), cancel) is { } card ? JsonSerializer.Deserialize(card, RegistryJson.Default.ModelCard) : null;

    public async Task<Activation?> ActiveAsync(CancellationToken cancel) =>
        await blobs.GetAsync(ActiveKey, cancel) is { } active ? JsonSerializer.Deserialize(active, RegistryJson.Default.Activation) : null;

    /// <summary>All models, the newest first.</summary>
    public async Task<List<ModelCard>> ListAsync(CancellationToken cancel)
    {
        var cards = new List<ModelCard>();
        await foreach (var entry in blobs.ListAsync(Root, cancel))
        {
            if (entry.Key.EndsWith("/card.json", StringComparison.Ordinal) && await CardAsync(entry.Key.Split('/')[1], cancel) is { } card)
                cards.Add(card);
        }

        return [.. cards.OrderByDescending(card => card.Date)];
    }

    /// <summary>Fetches the tables to train on, <c>tables/*.csv</c>, into a folder.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="IOException">There are none, or one has a name that no blob can have.</exception>
    public async Task<IReadOnlyList<string>> FetchTablesAsync(string folder, CancellationToken cancel)
    {
        List<string> files = [];
        await foreach (var entry in blobs.ListAsync(Tables, cancel))
        {
            if (!entry.Key.EndsWith(".csv", StringComparison.Ordinal))
                continue;
            try
            {
                files.Add(Path.Combine(folder, Path.GetFileName(entry.Key)));
                await File.WriteAllBytesAsync(files[^1], await blobs.GetAsync(entry.Key, cancel) ?? [], cancel);
            }
            catch (ArgumentException)
            {
                throw new IOException($"'{entry.Key}' is no name of a table in the object store. Rename it: small letters, digits, '.' and '-'.");
            }
        }

        return files.Count > 0 ? [.. files.Order(StringComparer.Ordinal)] : throw new IOException($"The object store holds no table under {Tables}. Put one there, or name files with --data.");
    }

    /// <summary>Makes a model the active one, after it was read and checked.</summary>
    public async Task ActivateAsync(string version, CancellationToken cancel)
    {
        await LoadAsync(version, cancel);
        var now = await ActiveAsync(cancel);
        if (now?.Version == version)
            return;
        IReadOnlyList<string> before = now is null ? [] : [now.Version, .. now.Before.Where(other => other != version).Take(KeptBefore)];
        await PutActiveAsync(new Activation(version, before), cancel);
    }

    /// <returns>The version that is active again; null where there was none before.</returns>
    public async Task<string?> RollbackAsync(CancellationToken cancel)
    {
        if (await ActiveAsync(cancel) is not { Before: { Count: > 0 } before })
            return null;
        var last = before[0];
        await LoadAsync(last, cancel);
        await PutActiveAsync(new Activation(last, [.. before.Skip(1)]), cancel);
        return last;
    }

    public ModelSignature Sign(string version, byte[] model)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(model));
        return new ModelSignature(digest, options.Value.SigningKey is { } key ? Hmac(key, version, digest) : null);
    }

    private void Check(string version, byte[] model, ModelSignature? signature)
    {
        var expected = Sign(version, model);
        if (signature?.Sha256 != expected.Sha256 || VersionOf(model) != version)
            throw new RefusedModelException($"Model {version} is not what was stored: its digest does not fit.");
        if (expected.Signature is not null && !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature.Signature ?? ""), Encoding.ASCII.GetBytes(expected.Signature)))
            throw new RefusedModelException($"Model {version} is not signed with this Ml:SigningKey.");
    }

    private Task PutActiveAsync(Activation activation, CancellationToken cancel) =>
        blobs.PutAsync(ActiveKey, JsonSerializer.SerializeToUtf8Bytes(activation, RegistryJson.Default.Activation), cancel);

    private static string Hmac(string key, string version, string digest) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{version} {digest}")));

    private static string Key(string version, string file) =>
        version.Length is > 0 and <= 64 && version.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? $"{Root}{version}/{file}"
            : throw new RefusedModelException($"'{version}' is no version of a model.");
}
