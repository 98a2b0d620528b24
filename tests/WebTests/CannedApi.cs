using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PcBench.WebTests;

/// <summary>Answers by path, and a list of what was asked.</summary>
internal sealed class CannedApi : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> answers = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    public void Answer<T>(string pathAndQuery, T value, JsonTypeInfo<T> type, HttpStatusCode status = HttpStatusCode.OK, string media = "application/json")
    {
        var json = JsonSerializer.Serialize(value, type);
        answers[pathAndQuery] = _ => new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, media) };
    }

    public void Answer(string pathAndQuery, Func<HttpRequestMessage, HttpResponseMessage> answer) => answers[pathAndQuery] = answer;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(answers.TryGetValue(request.RequestUri!.PathAndQuery, out var answer)
            ? answer(request)
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
