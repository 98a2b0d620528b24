using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using P25.Verify;

namespace P25.Releases;

/// <summary>
/// Asks a registry whether it has a digest (OCI distribution specification 1.1, "Checking if content exists in the registry").
/// <c>P25_REGISTRY_USER</c> and <c>P25_REGISTRY_PASSWORD</c> are for one that asks for a login.
/// </summary>
internal sealed partial class Registry(P25Context context)
{
    private static readonly string[] Kinds =
        ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

    public async Task<Finding> FindAsync(string name, ImageRef image, CancellationToken cancel)
    {
        var title = $"image {name}";
        try
        {
            using var http = new HttpClient(context.Handler()) { Timeout = TimeSpan.FromSeconds(15) };
            var address = AddressOf(image);
            using var first = await HeadAsync(http, address, null, cancel);
            if (first.StatusCode != HttpStatusCode.Unauthorized)
                return Tell(title, image, first.StatusCode);
            if (await LoginAsync(http, first.Headers.WwwAuthenticate, cancel) is not { } login)
                return Finding.Note(title, "the registry asks for a login", "Set P25_REGISTRY_USER and P25_REGISTRY_PASSWORD to have it checked.");
            using var second = await HeadAsync(http, address, login, cancel);
            return Tell(title, image, second.StatusCode);
        }
        catch (Exception away) when (SiteChecks.IsAway(away, cancel))
        {
            return Finding.Note(title, $"the registry cannot be asked from here: {away.Message}");
        }
    }

    private static Finding Tell(string title, ImageRef image, HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK => Finding.Ok(title, image.Digest),
        HttpStatusCode.NotFound => Finding.Wrong(title, $"{image.Repository} has no {image.Digest}", "Push it: p25 build."),
        _ => Finding.Wrong(title, $"the registry answers {(int)status}", "Check P25_REGISTRY_USER and P25_REGISTRY_PASSWORD."),
    };

    private static Uri AddressOf(ImageRef image)
    {
        var (host, path) = (image.Repository[..image.Repository.IndexOf('/', StringComparison.Ordinal)], image.Repository[(image.Repository.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var isLocal = host.StartsWith("localhost", StringComparison.Ordinal) || host.StartsWith("127.", StringComparison.Ordinal);
        return new Uri($"{(isLocal ? "http" : "https")}://{host}/v2/{path}/manifests/{image.Digest}");
    }

    private static async Task<HttpResponseMessage> HeadAsync(HttpClient http, Uri address, AuthenticationHeaderValue? login, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address) { Headers = { Authorization = login } };
        foreach (var kind in Kinds)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(kind));
        return await http.SendAsync(request, cancel);
    }

    private async Task<AuthenticationHeaderValue?> LoginAsync(HttpClient http, HttpHeaderValueCollection<AuthenticationHeaderValue> ways, CancellationToken cancel)
    {
        var basic = context.Variable("P25_REGISTRY_USER") is { Length: > 0 } user && context.Variable("P25_REGISTRY_PASSWORD") is { Length: > 0 } password
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
            : null;
        if (ways.FirstOrDefault(way => way.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) is not { Parameter: { } parameters })
            return basic;
        var asked = Parameter().Matches(parameters).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        if (!asked.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var issuer) || issuer.Scheme != "https")
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{realm}?service={Uri.EscapeDataString(asked.GetValueOrDefault("service", ""))}&scope={Uri.EscapeDataString(asked.GetValueOrDefault("scope", ""))}") { Headers = { Authorization = basic } };
        using var answer = await http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode)
            return null;
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel));
        return (string?)(token?["token"] ?? token?["access_token"]) is { } text ? new AuthenticationHeaderValue("Bearer", text) : null;
    }

    [GeneratedRegex("""(\w+)="([^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
