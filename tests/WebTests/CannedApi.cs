using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PcBench.Web.Api;

namespace PcBench.WebTests;

/// <summary>Answers by path, and a list of what was asked.</summary>
internal sealed class CannedApi
{
    private readonly Dictionary<string, Func<ApiRequest, ApiResponse>> answers = [];

    public List<ApiRequest> Requests { get; } = [];

    public void Answer<T>(string path, T value, JsonTypeInfo<T> type, int status = 200) =>
        Answer(path, new ApiResponse(status, JsonSerializer.Serialize(value, type)));

    public void Answer(string path, ApiResponse response) => answers[path] = _ => response;

    public void Answer(string path, Func<ApiRequest, ApiResponse> answer) => answers[path] = answer;

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        Requests.Add(request);
        return Task.FromResult(answers.TryGetValue(request.Path, out var answer) ? answer(request) : new ApiResponse(404));
    }
}
