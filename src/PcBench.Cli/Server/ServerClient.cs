using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Signing;

namespace PcBench.Cli.Server;

/// <summary>The server's API, as far as the command line needs it. HTTP only; what it means is the commands' matter.</summary>
internal sealed class ServerClient(HttpClient http, TimeProvider time) : IDisposable
{
    // A token for one call; a longer life would only help a thief.
    private static readonly TimeSpan CallLifetime = TimeSpan.FromMinutes(5);

    public static ServerClient For(ServerAddress server, TimeProvider time, TimeSpan? patience = null)
    {
        // What is sent is for this server alone: where it points to another, people are told, and neither key nor document goes there.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Uri,
            Timeout = patience ?? TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("pcbench", Version()) } },
        };
        if (server.CohortKey is { } key)
            http.DefaultRequestHeaders.TryAddWithoutValidation(ServerAddress.CohortHeader, key);
        return new ServerClient(http, time);
    }

    /// <summary>Stores a document as it is.</summary>
    public async Task<Submission> SubmitAsync(ReadOnlyMemory<byte> document, Visibility visibility, CancellationToken cancel)
    {
        var content = new ReadOnlyMemoryContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/results?visibility={Name(visibility)}") { Content = content };
        var submission = await SendAsync(request, ApiJson.Default.Submission, cancel);

        // The owner's link is signed for this id.
        return submission.Id == SignedContent.Of(document).Id ? submission : throw Unreadable("The server's answer names another result than was sent.");
    }

    /// <summary>Changes who may see a result.</summary>
    public Task SetVisibilityAsync(string id, Visibility visibility, ECDsa key, CancellationToken cancel)
    {
        var request = Owned(HttpMethod.Put, $"api/v1/results/{id}/visibility", id, key);
        request.Content = JsonContent.Create(new VisibilityChange(visibility), ApiJson.Default.VisibilityChange);
        return SendAsync(request, cancel);
    }

    /// <summary>Deletes a result for good.</summary>
    public Task DeleteAsync(string id, ECDsa key, CancellationToken cancel) =>
        SendAsync(Owned(HttpMethod.Delete, $"api/v1/results/{id}", id, key), cancel);

    /// <summary>Appeals against the flag on a result.</summary>
    public Task AppealAsync(string id, string text, ECDsa key, CancellationToken cancel)
    {
        var request = Owned(HttpMethod.Post, $"api/v1/results/{id}/appeal", id, key);
        request.Content = JsonContent.Create(new AppealRequest(text), ApiJson.Default.AppealRequest);
        return SendAsync(request, cancel);
    }

    /// <summary>Imports results of other programs, sent as they are read.</summary>
    /// <param name="write">Writes them.</param>
    /// <param name="visibility">Who may see them.</param>
    /// <param name="key">The owner's key.</param>
    /// <param name="cancel">Stops it; nothing is stored then.</param>
    public async Task<ImportSummary> ImportAsync(Func<Stream, CancellationToken, Task> write, Visibility visibility, ECDsa key, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/imports?format=pcbench&visibility={Name(visibility)}") { Content = new WrittenContent(write) };
        foreach (var (name, value) in ImportHeaders.Of(key, time.GetUtcNow() + ImportHeaders.Lifetime))
            request.Headers.Add(name, value);
        var summary = await SendAsync(request, ApiJson.Default.ImportSummary, cancel);
        return summary.Id is null || SignedContent.IsId(summary.Id) ? summary : throw Unreadable("The server's answer names no import.");
    }

    /// <summary>Deletes an import with all that it brought.</summary>
    public Task DeleteImportAsync(string id, ECDsa key, CancellationToken cancel) =>
        SendAsync(Owned(HttpMethod.Delete, $"api/v1/imports/{id}", id, key), cancel);

    /// <summary>Changes who may see an import.</summary>
    public Task SetImportVisibilityAsync(string id, Visibility visibility, ECDsa key, CancellationToken cancel)
    {
        var request = Owned(HttpMethod.Put, $"api/v1/imports/{id}/visibility", id, key);
        request.Content = JsonContent.Create(new VisibilityChange(visibility), ApiJson.Default.VisibilityChange);
        return SendAsync(request, cancel);
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Owned(HttpMethod method, string path, string id, ECDsa key) => new(method, path)
    {
        Headers = { Authorization = new(OwnerToken.Scheme, OwnerToken.Create(key, id, time.GetUtcNow() + CallLifetime)) },
    };

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var response = await SendAsync(request, cancel);
        return await response.Content.ReadFromJsonAsync(type, cancel)
            ?? throw Unreadable("The server's answer is empty.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await http.SendAsync(request, cancel);
        if (response.IsSuccessStatusCode)
            return response;
        throw new ServerException(response.StatusCode, response is { StatusCode: < HttpStatusCode.BadRequest, Headers.Location: { } elsewhere }
            ? new ProblemView { Title = $"The server points to {elsewhere}", Detail = "Nothing was sent there. If that is the server you mean, name it with --server." }
            : await ReadProblemAsync(response, cancel));
    }

    private static ServerException Unreadable(string title) => new(HttpStatusCode.BadGateway, new ProblemView { Title = title });

    private static async Task<ProblemView> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            if (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, cancel) is { Title: not null } problem)
                return problem;
        }
        catch (JsonException)
        {
            // Something between us and the server answered; its status is all there is to say.
        }

        return new ProblemView { Title = $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}." };
    }

    private static string Name(Visibility visibility) => visibility.ToString().ToLowerInvariant();

    private static string Version() =>
        typeof(ServerClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

/// <summary>The server refused, or failed.</summary>
internal sealed class ServerException(HttpStatusCode status, ProblemView problem) : Exception(problem.Title)
{
    public HttpStatusCode Status { get; } = status;

    public ProblemView Problem { get; } = problem;
}
