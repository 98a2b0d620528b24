using System.Text.RegularExpressions;
using P25.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace P25.Contours;

/// <summary>Reads and checks <c>contours.yaml</c>; everything that is wrong with it is told at once.</summary>
internal static partial class ContourReader
{
    private static readonly string?[] Nothing = [null, "", "~", "null", "Null", "NULL"]; // null in YAML's core schema

    public static ContourSet Read(string path)
    {
        if (!File.Exists(path))
            throw new P25Exception(P25ExitCodes.Usage, $"There is no file '{path}'.", "Run p25 in the repository's root, or name the file with --config.");
        try
        {
            return Check(Parse(File.ReadAllText(path)));
        }
        catch (YamlException error)
        {
            throw new P25Exception(P25ExitCodes.Usage, $"{path}, line {error.Start.Line}: {(error.InnerException ?? error).Message}", "docs/p25.md lists the fields.");
        }
        catch (FormatException error)
        {
            throw new P25Exception(P25ExitCodes.Usage, $"{path}: {error.Message}", "docs/p25.md lists the fields.");
        }
    }

    /// <exception cref="YamlException">It is no YAML, has a field that is not known, or one that is left empty.</exception>
    public static ContourFile Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        foreach (var empty in stream.Documents.SelectMany(document => document.AllNodes).OfType<YamlScalarNode>().Where(node => node.Style == ScalarStyle.Plain && Nothing.Contains(node.Value)))
            throw new YamlException(empty.Start, empty.End, "A field has no value. Give it one, or leave it out.");
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<ContourFile>(text) ?? new ContourFile();
    }

    /// <exception cref="FormatException">It does not say what it must.</exception>
    public static ContourSet Check(ContourFile file)
    {
        var problems = new List<string>();
        var contours = file.Contours.Select(entry => Check(entry.Key, entry.Value, problems)).ToList();
        if (contours.Count == 0)
            problems.Add("contours is empty.");
        foreach (var contour in contours.Where(one => one.Rules.From is { } from && !file.Contours.ContainsKey(from)))
            problems.Add($"contours.{contour.Name}.from: there is no contour '{contour.Rules.From}'.");
        foreach (var twice in contours.GroupBy(contour => contour.Rules.Refs).Where(group => group.Count() > 1))
            problems.Add($"{string.Join(" and ", twice.Select(one => one.Name))} take the same refs; each ref must lead to one contour.");
        foreach (var twice in contours.GroupBy(contour => contour.Namespace).Where(group => group.Count() > 1))
            problems.Add($"{string.Join(" and ", twice.Select(one => one.Name))} share a namespace; contours are apart.");
        var set = new ContourSet(
            Required(file.Chart, "chart", problems), Required(file.Release, "release", problems), file.MainBranch,
            Required(file.Migrations, "migrations", problems), Required(file.Build, "build", problems), file.Content,
            file.Events is { } events ? new EventRules(Required(events.Deployment, "events.deployment", problems), events.Command) : null, contours);
        return problems.Count == 0 ? set : throw new FormatException(string.Join(" ", problems));
    }

    private static Contour Check(string name, ContourEntry entry, List<string> problems)
    {
        var at = $"contours.{name}";
        if (!Label().IsMatch(name))
            problems.Add($"{at}: a contour's name is lower-case letters, digits and dashes.");
        var approval = entry.Approval ?? new ApprovalEntry();
        var rules = new ContourRules(
            name,
            OneOf<AcceptedRefs>(entry.Refs, $"{at}.refs", problems), OneOf<Gate>(entry.Gate, $"{at}.gate", problems),
            OneOf<RollbackMode>(entry.Rollback, $"{at}.rollback", problems), entry.From,
            new ApprovalRules(approval.OtherThanActor, SpanOf(approval.ValidFor, $"{at}.approval.validFor", problems), approval.By));
        if (!Label().IsMatch(Required(entry.Namespace, $"{at}.namespace", problems)))
            problems.Add($"{at}.namespace '{entry.Namespace}' is not a namespace's name.");
        if (entry.Verify.ErrorRatio is not (>= 0 and <= 1))
            problems.Add($"{at}.verify.errorRatio is {entry.Verify.ErrorRatio}; it is a share, 0 to 1.");
        if (entry.Verify.LatencyFactor is not >= 1)
            problems.Add($"{at}.verify.latencyFactor is {entry.Verify.LatencyFactor}; it is 1 or more.");
        if (entry.Verify.Paths.Count == 0)
            problems.Add($"{at}.verify.paths is empty; it is what must answer: [/].");
        foreach (var path in entry.Verify.Paths.Append(entry.Verify.VersionPath ?? "/").Append(entry.Verify.Smoke ?? "/").Where(path => !path.StartsWith('/')))
            problems.Add($"{at}.verify: path '{path}' does not begin with /.");
        var verify = new VerifyRules(
            entry.Verify.Paths, SpanOf(entry.Verify.Window, $"{at}.verify.window", problems), entry.Verify.ErrorRatio, entry.Verify.LatencyFactor,
            entry.Verify.VersionPath, entry.Verify.Smoke, KeyOf(entry.Verify.AccessKey, $"{at}.verify.accessKey", problems), Address(entry.Verify.Prometheus, $"{at}.verify.prometheus", problems));
        return new Contour(
            rules, entry.Namespace ?? "", entry.Values, SpanOf(entry.Timeout, $"{at}.timeout", problems, least: 1), SpanOf(entry.Lock, $"{at}.lock", problems, least: 3),
            Address(entry.Url, $"{at}.url", problems), verify, Address(entry.Alertmanager, $"{at}.alertmanager", problems),
            entry.Secrets.ToDictionary(secret => secret.Key, IReadOnlyDictionary<string, string> (secret) => secret.Value));
    }

    private static string Required(string? value, string field, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(value))
            problems.Add($"{field} is missing.");
        return value ?? "";
    }

    private static T OneOf<T>(string? text, string field, List<string> problems)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        problems.Add($"{field} is '{text}'; it is {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return default;
    }

    private static TimeSpan SpanOf(string text, string field, List<string> problems, int least = 0)
    {
        if (Span.Read(text) is { } span && span.TotalSeconds >= least)
            return span;
        problems.Add($"{field} is '{text}'; it is a number and s, m or h, at least {least}s: 30s.");
        return default;
    }

    private static SecretKey? KeyOf(string? text, string field, List<string> problems)
    {
        if (text is null)
            return null;
        if (text.Split('/') is [{ Length: > 0 } secret, { Length: > 0 } key])
            return new SecretKey(secret, key);
        problems.Add($"{field} is '{text}'; it is a Secret's name and one of its keys: pcbench-access/developer-keys.");
        return null;
    }

    private static Uri? Address(string? text, string field, List<string> problems)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        problems.Add($"{field} '{text}' is not an http address.");
        return null;
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
