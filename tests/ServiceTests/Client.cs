using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests;

/// <summary>What tests say to the API.</summary>
internal static class Client
{
    public static Task<HttpResponseMessage> PostResultAsync(this HttpClient http, byte[] document, string visibility = "public")
    {
        var content = new ByteArrayContent(document);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return http.PostAsync($"/api/v1/results?visibility={visibility}", content, Cancel);
    }

    /// <summary>Submits a result that must be taken as new.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> SubmitAsync(this HttpClient http, ResultBuilder result, string visibility = "public")
    {
        using var response = await http.PostResultAsync(result.Signed(), visibility);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancel));
        return (await response.ReadAsync(ApiJson.Default.Submission)).Id;
    }

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, JsonTypeInfo<T> type) =>
        (await response.Content.ReadFromJsonAsync(type, Cancel))!;

    public static async Task<T> GetAsync<T>(this HttpClient http, string address, JsonTypeInfo<T> type, string? token = null)
    {
        using var response = await http.SendAsync(HttpMethod.Get, address, token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancel));
        return await response.ReadAsync(type);
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient http, string address, string? token = null)
    {
        using var response = await http.SendAsync(HttpMethod.Get, address, token);
        return response.StatusCode;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient http, HttpMethod method, string address, string? token = null, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(OwnerToken.Scheme, token);
        return http.SendAsync(request, Cancel);
    }

    public static Task<HttpResponseMessage> SetVisibilityAsync(this HttpClient http, string id, string visibility, string? token) =>
        http.SendAsync(HttpMethod.Put, $"/api/v1/results/{id}/visibility", token,
            new StringContent($$"""{"visibility":"{{visibility}}"}""", MediaTypeHeaderValue.Parse("application/json")));

    public static Task<HttpResponseMessage> DeleteResultAsync(this HttpClient http, string id, string? token) =>
        http.SendAsync(HttpMethod.Delete, $"/api/v1/results/{id}", token);

    /// <summary>An owner's token for an hour.</summary>
    public static string TokenFor(this ECDsa key, string id) => OwnerToken.Create(key, id, TimeProvider.System.GetUtcNow().AddHours(1));

    public static async Task<ProblemView> ProblemAsync(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return await response.ReadAsync(ApiJson.Default.ProblemView);
    }

    /// <summary>Waits until something that happens behind the answer has happened.</summary>
    /// <param name="happened">Whether it has.</param>
    /// <param name="patience">When that is given up; a minute where it is not said.</param>
    public static async Task UntilAsync(Func<Task<bool>> happened, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(patience ?? TimeSpan.FromSeconds(60));
        while (!await happened())
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
