using System.Globalization;
using Microsoft.JSInterop;
using PcBench.Web.Api;

namespace PcBench.Web.Browser;

/// <summary>The browser's own fetch. System.Net.Http would ask it too, and be 60 KiB more to download.</summary>
public sealed class BrowserFetch(IJSRuntime js)
{
    /// <inheritdoc cref="Transport"/>
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var answer = await js.InvokeAsync<string?[]>("pcbench.send", cancel, request.Method, request.Path, request.Owner, request.Body);
        return new ApiResponse(Number(answer[0]) ?? 0, answer[1] ?? "", Number(answer[2]));
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
