using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PcBench.Contracts.Api;

namespace PcBench.Web.Api;

/// <summary>The API under <c>/api/v1</c>. What goes wrong comes back as a <see cref="Failure"/>, never as an exception.</summary>
public sealed class PcBenchClient(HttpClient http)
{
    private const string Results = "api/v1/results/";

    /// <summary>One page of a board.</summary>
    public Task<Answer<LeaderboardPage>> LeaderboardAsync(LeaderboardQuery query, CancellationToken cancel) =>
        GetAsync($"api/v1/leaderboard{query.ToQueryString()}", WebJson.Default.LeaderboardPage, cancel);

    /// <summary>One result; a private one only with its owner's token.</summary>
    public Task<Answer<ResultView>> ResultAsync(string id, string? owner, CancellationToken cancel) =>
        SendAsync(Request(HttpMethod.Get, id, owner), WebJson.Default.ResultView, cancel);

    /// <summary>Changes who may see a result.</summary>
    /// <returns>The failure, or null where it was done.</returns>
    public Task<Failure?> SetVisibilityAsync(string id, string owner, Visibility visibility, CancellationToken cancel)
    {
        var request = Request(HttpMethod.Put, id, owner, "/visibility");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new VisibilityChange(visibility), WebJson.Default.VisibilityChange))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        return SendAsync(request, cancel);
    }

    /// <summary>Deletes a result for ever.</summary>
    /// <returns>The failure, or null where it was done.</returns>
    public Task<Failure?> DeleteAsync(string id, string owner, CancellationToken cancel) =>
        SendAsync(Request(HttpMethod.Delete, id, owner), cancel);

    /// <summary>CPU models with results.</summary>
    public Task<Answer<CpuList>> CpusAsync(CancellationToken cancel) =>
        GetAsync("api/v1/cpus", WebJson.Default.CpuList, cancel);

    /// <summary>One CPU model.</summary>
    public Task<Answer<CpuView>> CpuAsync(string id, CancellationToken cancel) =>
        GetAsync($"api/v1/cpus/{Uri.EscapeDataString(id)}", WebJson.Default.CpuView, cancel);

    /// <summary>Compares 2 to 8 results with the first of them.</summary>
    public Task<Answer<CompareView>> CompareAsync(IEnumerable<string> ids, CancellationToken cancel) =>
        GetAsync($"api/v1/compare?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}", WebJson.Default.CompareView, cancel);

    /// <summary>Finds CPU models and results.</summary>
    public Task<Answer<SearchView>> SearchAsync(string query, CancellationToken cancel) =>
        GetAsync($"api/v1/search?q={Uri.EscapeDataString(query)}", WebJson.Default.SearchView, cancel);

    /// <summary>The formula with its constants.</summary>
    public Task<Answer<ScoringView>> ScoringAsync(CancellationToken cancel) =>
        GetAsync("api/v1/scoring", WebJson.Default.ScoringView, cancel);

    private static HttpRequestMessage Request(HttpMethod method, string id, string? owner, string part = "")
    {
        var request = new HttpRequestMessage(method, Results + Uri.EscapeDataString(id) + part);
        if (owner is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("PcBench", owner);
        return request;
    }

    private Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, cancel);

    private async Task<Answer<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        try
        {
            using var sent = request;
            using var response = await http.SendAsync(sent, cancel);
            if (!response.IsSuccessStatusCode)
                return await FailureOfAsync(response, cancel);
            return await ReadAsync(response, type, cancel) is { } value ? value : new Failure(FailureKind.Server);
        }
        catch (HttpRequestException)
        {
            return new Failure(FailureKind.Network);
        }
        catch (JsonException)
        {
            return new Failure(FailureKind.Server);
        }
    }

    private async Task<Failure?> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var sent = request;
            using var response = await http.SendAsync(sent, cancel);
            return response.IsSuccessStatusCode ? null : await FailureOfAsync(response, cancel);
        }
        catch (HttpRequestException)
        {
            return new Failure(FailureKind.Network);
        }
    }

    private static async Task<Failure> FailureOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var kind = response.StatusCode switch
        {
            HttpStatusCode.NotFound => FailureKind.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => FailureKind.NotOwner,
            HttpStatusCode.TooManyRequests => FailureKind.RateLimited,
            >= HttpStatusCode.InternalServerError => FailureKind.Server,
            _ => FailureKind.Refused,
        };
        return new Failure(kind, await ProblemOfAsync(response, cancel), (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    // What System.Net.Http.Json would do, without the two assemblies it brings.
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        return JsonSerializer.Deserialize(body, type);
    }

    // A proxy in between answers in HTML; then there is only the status to go by.
    private static async Task<ProblemView?> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
            return null;
        try
        {
            return await ReadAsync(response, WebJson.Default.ProblemView, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
