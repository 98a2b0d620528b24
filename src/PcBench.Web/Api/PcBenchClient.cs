using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PcBench.Contracts.Api;

namespace PcBench.Web.Api;

/// <summary>The API under <c>/api/v1</c>. What goes wrong comes back as a <see cref="Failure"/>, never as an exception.</summary>
public sealed class PcBenchClient(Transport send)
{
    /// <summary>One page of a board.</summary>
    public Task<Answer<LeaderboardPage>> LeaderboardAsync(LeaderboardQuery query, CancellationToken cancel) =>
        GetAsync($"api/v1/leaderboard{query.ToQueryString()}", WebJson.Default.LeaderboardPage, cancel);

    /// <summary>One result; a private one only with its owner's token.</summary>
    public Task<Answer<ResultView>> ResultAsync(string id, string? owner, CancellationToken cancel) =>
        GetAsync(ResultPath(id), WebJson.Default.ResultView, cancel, owner);

    /// <summary>Changes who may see a result.</summary>
    /// <returns>The failure, or null where it was done.</returns>
    public Task<Failure?> SetVisibilityAsync(string id, string owner, Visibility visibility, CancellationToken cancel) =>
        SendAsync(
            new ApiRequest("PUT", ResultPath(id) + "/visibility", owner, JsonSerializer.Serialize(new VisibilityChange(visibility), WebJson.Default.VisibilityChange)),
            cancel);

    /// <summary>Deletes a result for ever.</summary>
    /// <returns>The failure, or null where it was done.</returns>
    public Task<Failure?> DeleteAsync(string id, string owner, CancellationToken cancel) =>
        SendAsync(new ApiRequest("DELETE", ResultPath(id), owner), cancel);

    /// <summary>Appeals against the flag on a result.</summary>
    /// <returns>The failure, or null where it was taken.</returns>
    public Task<Failure?> AppealAsync(string id, string owner, string text, CancellationToken cancel) =>
        SendAsync(new ApiRequest("POST", ResultPath(id) + "/appeal", owner, JsonSerializer.Serialize(new AppealRequest(text), WebJson.Default.AppealRequest)), cancel);

    /// <summary>What the machine of a result should score.</summary>
    public Task<Answer<Prediction>> PredictionAsync(string id, string? owner, CancellationToken cancel) =>
        GetAsync(ResultPath(id) + "/prediction", WebJson.Default.Prediction, cancel, owner);

    /// <summary>What a machine should score.</summary>
    public Task<Answer<Prediction>> PredictAsync(PredictRequest request, CancellationToken cancel) =>
        AnswerAsync(new ApiRequest("POST", "api/v1/predict", Body: JsonSerializer.Serialize(request, WebJson.Default.PredictRequest)), WebJson.Default.Prediction, cancel);

    /// <summary>What other programs measured on one CPU model.</summary>
    public Task<Answer<CpuImports>> CpuImportsAsync(string id, CancellationToken cancel) =>
        GetAsync($"api/v1/cpus/{Uri.EscapeDataString(id)}/imports", WebJson.Default.CpuImports, cancel);

    /// <summary>CPU models with results.</summary>
    public Task<Answer<CpuList>> CpusAsync(CancellationToken cancel) =>
        GetAsync("api/v1/cpus", WebJson.Default.CpuList, cancel);

    /// <summary>One CPU model.</summary>
    public Task<Answer<CpuView>> CpuAsync(string id, CancellationToken cancel) =>
        GetAsync($"api/v1/cpus/{Uri.EscapeDataString(id)}", WebJson.Default.CpuView, cancel);

    /// <summary>Compares 2 to 8 results with the first of them; private ones only with their owners' tokens.</summary>
    public Task<Answer<CompareView>> CompareAsync(IEnumerable<string> ids, string? owners, CancellationToken cancel) =>
        GetAsync($"api/v1/compare?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}", WebJson.Default.CompareView, cancel, owners);

    /// <summary>Finds CPU models and results.</summary>
    public Task<Answer<SearchView>> SearchAsync(string query, CancellationToken cancel) =>
        GetAsync($"api/v1/search?q={Uri.EscapeDataString(query)}", WebJson.Default.SearchView, cancel);

    /// <summary>The formula with its constants.</summary>
    public Task<Answer<ScoringView>> ScoringAsync(CancellationToken cancel) =>
        GetAsync("api/v1/scoring", WebJson.Default.ScoringView, cancel);

    private static string ResultPath(string id) => $"api/v1/results/{Uri.EscapeDataString(id)}";

    private Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel, string? owner = null)
        where T : class => AnswerAsync(new ApiRequest("GET", path, owner), type, cancel);

    private async Task<Answer<T>> AnswerAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        var response = await send(request, cancel);
        if (FailureOf(response) is { } failure)
            return failure;
        return Read(response.Body, type) is { } value ? value : new Failure(FailureKind.Server);
    }

    private async Task<Failure?> SendAsync(ApiRequest request, CancellationToken cancel) => FailureOf(await send(request, cancel));

    private static Failure? FailureOf(ApiResponse response)
    {
        FailureKind? kind = response.Status switch
        {
            0 => FailureKind.Network,
            >= 200 and < 300 => null,
            401 or 403 => FailureKind.NotOwner,
            404 => FailureKind.NotFound,
            429 => FailureKind.RateLimited,
            >= 500 => FailureKind.Server,
            _ => FailureKind.Refused,
        };
        return kind is { } failed ? new Failure(failed, Read(response.Body, WebJson.Default.ProblemView), response.RetryAfterSeconds) : null;
    }

    // A proxy in between answers in HTML; then there is only the status to go by.
    private static T? Read<T>(string body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body.Length == 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
