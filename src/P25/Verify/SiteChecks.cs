using P25.Contours;
using P25.Releases;

namespace P25.Verify;

/// <summary>What a release must show to its users.</summary>
internal sealed class SiteChecks(ContourSite site, VerifyRules rules, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(20);

    /// <summary>The first path answers; a balancer may need a moment to hear of new pods.</summary>
    public async Task<Check> HealthAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var problem = await AskAsync(rules.Paths[0], cancel);
            if (problem is null)
                return new Check("health", CheckState.Passed, $"{rules.Paths[0]} answers");
            if (time.GetElapsedTime(began) >= UntilReady)
                return new Check("health", CheckState.Failed, problem);
            await Task.Delay(Pace, time, cancel);
        }
    }

    public async Task<Check> VersionAsync(Release release, CancellationToken cancel)
    {
        if (rules.VersionPath is not { } path)
            return new Check("version", CheckState.Skipped, "verify.versionPath is not set");
        try
        {
            using var response = await site.SendAsync(HttpMethod.Get, path, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode && text.Contains(release.Commit, StringComparison.Ordinal)
                ? new Check("version", CheckState.Passed, $"{path} tells commit {release.Commit[..12]}")
                : new Check("version", CheckState.Failed, $"{path} answers {(int)response.StatusCode} and does not tell commit {release.Commit[..12]}: {Short(text)}");
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return new Check("version", CheckState.Failed, $"{path}: {away.Message}");
        }
    }

    /// <summary>Asks all paths again and again: the share of answers that are not 2xx stays below what is allowed.</summary>
    public async Task<Check> ErrorRatioAsync(TimeSpan window, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        int asked = 0, failed = 0;
        string? first = null;
        do
        {
            foreach (var path in rules.Paths)
            {
                asked++;
                if (await AskAsync(path, cancel) is not { } problem)
                    continue;
                failed++;
                first ??= problem;
            }

            await Task.Delay(Pace, time, cancel);
        }
        while (time.GetElapsedTime(began) < window);

        var ratio = (double)failed / asked;
        return ratio <= rules.ErrorRatio
            ? new Check("answers", CheckState.Passed, $"{asked} requests in {Span.Words(time.GetElapsedTime(began))}, {failed} failed")
            : new Check("answers", CheckState.Failed, $"{failed} of {asked} requests failed ({ratio:P0}; {rules.ErrorRatio:P0} are allowed); the first: {first}");
    }

    private async Task<string?> AskAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var response = await site.SendAsync(HttpMethod.Get, path, cancel);
            return response.IsSuccessStatusCode ? null : $"{path} answers {(int)response.StatusCode}";
        }
        catch (Exception away) when (IsAway(away, cancel))
        {
            return $"{path}: {away.Message}";
        }
    }

    internal static bool IsAway(Exception error, CancellationToken cancel) =>
        error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested);

    private static string Short(string text) => text.Length <= 200 ? text : $"{text[..200]}…";
}
