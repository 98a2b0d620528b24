using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using P25.Contours;
using P25.Tools;

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
    /// <returns>What was made: names of Secrets, and SECRET/KEY of what one that was there lacked.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancel)
    {
        foreach (var unknown in files.Keys.Where(key => !contour.Secrets.Any(secret => secret.Value.Keys.Any(name => $"{secret.Key}/{name}" == key))))
            throw new P25Exception(P25ExitCodes.Usage, $"{contour.Name} has no secret {unknown}.", $"There are: {string.Join(", ", contour.Secrets.SelectMany(secret => secret.Value.Keys.Select(key => $"{secret.Key}/{key}")))}.");
        var lacks = new List<(string Secret, bool IsNew, string[] Keys)>();
        foreach (var (name, recipes) in contour.Secrets)
        {
            var there = await KeysAsync(session.Kubectl(contour), name, cancel);
            if (recipes.Where(one => there is null || (!there.Contains(one.Key) && one.Value != "optional")).Select(one => one.Key).ToArray() is { Length: > 0 } keys)
                lacks.Add((name, there is null, keys));
        }

        var missing = lacks.SelectMany(one => one.Keys.Select(key => $"{one.Secret}/{key}")).ToHashSet();
        foreach (var unread in files.Keys.Where(key => !missing.Contains(key)))
            session.Say($"{unread} is there already and stays as it is: its file is not read.");
        IReadOnlyList<string> made = [.. lacks.SelectMany(one => one.IsNew ? [one.Secret] : one.Keys.Select(key => $"{one.Secret}/{key}"))];
        if (session.DryRun)
            return made;
        foreach (var (name, isNew, keys) in lacks)
        {
            var data = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(ValueOf(name, key, files, missing, 0))))));
            string[] call = isNew ? ["create", "-f", "-"] : ["patch", "secret", name, "--type=merge", "--patch-file=/dev/stdin"]; // leaves the keys that are there
            var what = isNew ? SecretOf(name, data) : new JsonObject { ["data"] = data };
            var result = await session.Kubectl(contour).RunAsync(call, cancel, what.ToJsonString(), isSecret: true);
            if (!result.Succeeded)
                throw session.Kubectl(contour).Failure(call[0], ["secret", name], result);
        }

        return made;
    }

    /// <summary>Names of a Secret's keys; null where there is no such Secret. Values are never read.</summary>
    public static async Task<IReadOnlyList<string>?> KeysAsync(Kubectl kubectl, string name, CancellationToken cancel)
    {
        var result = await kubectl.RunAsync(["get", "secret", name, "--ignore-not-found", "-o", "go-template={{.kind}}\n{{range $key, $value := .data}}{{$key}}\n{{end}}"], cancel);
        if (!result.Succeeded)
            throw kubectl.Failure("read", ["secret", name], result);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [_, .. var keys] ? keys : null;
    }

    private string ValueOf(string secret, string key, IReadOnlyDictionary<string, string> files, HashSet<string> missing, int depth)
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
                return missing.Contains($"{from}/{name}")
                    ? ValueOf(from, name, files, missing, depth + 1)
                    : throw new P25Exception(P25ExitCodes.Refused, $"{path} is made of {from}/{name}, which is there already and is not read.", $"Give the value: --from {path}=FILE");
            }),
        };
    }

    private string Ask(string path)
    {
        if (session.Context.ReadSecret is not { } read)
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
        ["data"] = data,
    };

    [GeneratedRegex(@"\{([A-Za-z0-9./_-]+)\}")]
    private static partial Regex Reference();
}
