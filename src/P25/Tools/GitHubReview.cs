using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace P25.Tools;

/// <summary>
/// Who reviewed an environment of this workflow run: GitHub's <c>GET /repos/OWNER/REPO/actions/runs/ID/approvals</c>. So an approval
/// given on GitHub's page counts as one of the plan that the same run printed.
/// </summary>
internal sealed class GitHubReview(P25Context context)
{
    /// <param name="environment">Name of the environment: p25-prod.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The reviewer's login and comment.</returns>
    public async Task<(string Approver, string Reason)> ReadAsync(string environment, CancellationToken cancel)
    {
        var api = context.Variable("GITHUB_API_URL") ?? "https://api.github.com";
        using var http = new HttpClient(context.Handler());
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("p25", "1"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Required("GITHUB_TOKEN"));
        try
        {
            var reviews = JsonNode.Parse(await http.GetStringAsync(new Uri($"{api}/repos/{Required("GITHUB_REPOSITORY")}/actions/runs/{Required("GITHUB_RUN_ID")}/approvals"), cancel))?.AsArray() ?? [];
            var approved = reviews.LastOrDefault(review => (string?)review?["state"] == "approved"
                && review["environments"]?.AsArray().Any(one => (string?)one?["name"] == environment) == true);
            return (string?)approved?["user"]?["login"] is { Length: > 0 } login
                ? (login, (string?)approved["comment"] is { Length: > 0 } comment ? comment : $"approved on GitHub, run {context.Variable("GITHUB_RUN_ID")}")
                : throw new P25Exception(P25ExitCodes.Refused, $"Nobody reviewed environment {environment} of this run.",
                    "Give the environment required reviewers, or let somebody run 'p25 approve' by hand.");
        }
        catch (HttpRequestException away)
        {
            throw new P25Exception(P25ExitCodes.Unreachable, $"GitHub does not tell the run's reviews: {away.Message}", "The job needs permission actions: read.");
        }
    }

    private string Required(string name) => context.Variable(name) is { Length: > 0 } value
        ? value
        : throw new P25Exception(P25ExitCodes.Usage, $"{name} is not set.", "--from-github-run is for a step of a workflow.");
}
