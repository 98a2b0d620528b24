using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using P25.Contours;

namespace P25.Deploys;

/// <summary>
/// Makes Secrets by the recipes of contours.yaml: <c>generate</c> is a random password, <c>ask</c> is asked for or read from a file,
/// <c>optional</c> is left empty where no file is named, anything else is a text in which <c>{key}</c> stands for another key of the same
/// Secret, and <c>{secret/key}</c> for one of another Secret that is made with it.
/// </summary>
internal sealed partial class SecretMaker(Session session, Contour contour)
{
    private readonly Dictionary<string, string> values = [];

    /// <param name="files">Files by SECRET/KEY.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Names of the Secrets that were made.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancel)
    {
        foreach (var unknown in files.Keys.Where(key => !contour.Secrets.Any(secret => secret.Value.Keys.Any(name => $"{secret.Key}/{name}" == key))))
            throw new P25Exception(P25ExitCodes.Usage, $"{contour.Name} has no secret {unknown}.", $"There are: {string.Join(", ", contour.Secrets.SelectMany(secret => secret.Value.Keys.Select(key => $"{secret.Key}/{key}")))}.");
        var missing = new List<string>();
        foreach (var name in contour.Secrets.Keys)
        {
            if (!await IsThereAsync(name, cancel))
                missing.Add(name);
        }

        if (session.DryRun)
            return missing;
        foreach (var name in missing)
        {
            var data = new JsonObject(contour.Secrets[name].Keys.Select(key => KeyValuePair.Create(key, (JsonNode?)ValueOf(name, key, files, missing, 0))));
            var result = await session.Kubectl(contour).RunAsync(["create", "-f", "-"], cancel, SecretOf(name, data).ToJsonString(), isSecret: true);
            if (!result.Succeeded)
                throw session.Kubectl(contour).Failure("create", ["secret", name], result);
        }

        return missing;
    }

    private async Task<bool> IsThereAsync(string name, CancellationToken cancel)
    {
        var result = await session.Kubectl(contour).RunAsync(["get", "secret", name, "--ignore-not-found", "-o", "name"], cancel);
        return result.Succeeded ? result.Output.Trim().Length > 0 : throw session.Kubectl(contour).Failure("read", ["secret", name], result);
    }

    private string ValueOf(string secret, string key, IReadOnlyDictionary<string, string> files, List<string> missing, int depth)
    {
        var path = $"{secret}/{key}";
        if (values.TryGetValue(path, out var known))
            return known;
        var recipe = contour.Secrets.GetValueOrDefault(secret)?.GetValueOrDefault(key)
            ?? throw new P25Exception(P25ExitCodes.Usage, $"contours.{contour.Name}.secrets has no {path}.", "A recipe names it in braces.");
        if (depth > 8)
            throw new P25Exception(P25ExitCodes.Usage, $"contours.{contour.Name}.secrets: {path} leads to itself.", "Break the circle.");
        return values[path] = files.TryGetValue(path, out var file) ? File.ReadAllText(file).TrimEnd('\n', '\r') : recipe switch
        {
            "generate" => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)),
            "optional" => "",
            "ask" => Ask(path),
            _ => Reference().Replace(recipe, match =>
            {
                var (from, name) = match.Groups[1].Value.Split('/') is [var other, var of] ? (other, of) : (secret, match.Groups[1].Value);
                return missing.Contains(from)
                    ? ValueOf(from, name, files, missing, depth + 1)
                    : throw new P25Exception(P25ExitCodes.Refused, $"{path} is made of {from}/{name}, which is there already and is not read.", $"Give the value: --from {path}=FILE");
            }),
        };
    }

    private string Ask(string path)
    {
        if (session.Context.ReadLine is not { } read)
            throw new P25Exception(P25ExitCodes.Usage, $"{path} is not known.", $"Name a file that holds it: --from {path}=FILE");
        session.Context.Output.People.Profile.Out.Writer.Write($"{path}: ");
        return read() is { Length: > 0 } answer ? answer : throw new P25Exception(P25ExitCodes.Usage, $"{path} is empty.", "Give a value.");
    }

    private static JsonObject SecretOf(string name, JsonObject data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["type"] = "Opaque",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "p25" } },
        ["stringData"] = data,
    };

    [GeneratedRegex(@"\{([A-Za-z0-9./_-]+)\}")]
    private static partial Regex Reference();
}
