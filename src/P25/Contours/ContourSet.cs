using P25.Policy;

namespace P25.Contours;

/// <summary>The contours, checked.</summary>
internal sealed record ContourSet(
    string Chart, string Release, string MainBranch, string Migrations, string Build, IReadOnlyList<string> Content, EventRules? Events, IReadOnlyList<Contour> Contours)
{
    /// <summary>The label of all that Helm installs; by it the cluster lists what belongs to the release.</summary>
    public string Label => $"app.kubernetes.io/instance={Release}";

    public IReadOnlyList<ContourRules> Rules => [.. Contours.Select(contour => contour.Rules)];

    public Contour this[string name] => Contours.FirstOrDefault(contour => contour.Name == name)
        ?? throw new P25Exception(P25ExitCodes.Usage, $"There is no contour '{name}'.", $"There are: {string.Join(", ", Contours.Select(contour => contour.Name))}.");
}

/// <summary>How events reach the hub.</summary>
internal sealed record EventRules(string Deployment, IReadOnlyList<string> Command);

/// <summary>One contour.</summary>
internal sealed record Contour(
    ContourRules Rules, string Namespace, IReadOnlyList<string> Values, TimeSpan Timeout, TimeSpan Lock, Uri? Url, VerifyRules Verify, Uri? Alertmanager,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets)
{
    public string Name => Rules.Name;

    /// <summary>How environment variables for it end: P25_ADDRESS_STAGE.</summary>
    public string Variable => Name.ToUpperInvariant().Replace('-', '_');
}

/// <summary>What a release must show after it was rolled out.</summary>
internal sealed record VerifyRules(
    IReadOnlyList<string> Paths, TimeSpan Window, double ErrorRatio, double LatencyFactor, string? VersionPath, string? Smoke, SecretKey? AccessKey, Uri? Prometheus);

/// <summary>One entry of a Secret.</summary>
internal sealed record SecretKey(string Secret, string Key)
{
    public override string ToString() => $"{Secret}/{Key}";
}
