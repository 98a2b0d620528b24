using System.Net.Http.Headers;
using P25.Contours;

namespace P25.Verify;

/// <summary>
/// A contour as its users see it. <c>P25_ADDRESS_STAGE</c> names the balancer's address where the contour's host has no DNS name yet. The key,
/// where the contour lets only some in, travels in the header <c>PcBench-Cohort</c>.
/// </summary>
internal sealed class ContourSite : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;
    private readonly Uri address;
    private readonly string host;
    private readonly string? accessKey;

    public ContourSite(P25Context context, Contour contour, string? accessKey)
    {
        this.accessKey = accessKey;
        var url = contour.Url ?? throw new P25Exception(P25ExitCodes.Usage, $"contours.{contour.Name}.url is missing.", "It is the address at which the contour is verified.");
        address = context.AddressOf($"P25_ADDRESS_{contour.Variable}") ?? url;
        host = url.Authority;
        http = new HttpClient(context.Handler()) { Timeout = Patience };
    }

    /// <summary>Sends a request.</summary>
    /// <param name="method">GET, POST …</param>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="body">JSON.</param>
    /// <param name="owner">A token of a result's owner.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancel, string? body = null, string? owner = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Headers = { Host = host } };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("p25", "1"));
        if (accessKey is not null)
            request.Headers.TryAddWithoutValidation("PcBench-Cohort", accessKey);
        if (owner is not null)
            request.Headers.TryAddWithoutValidation("Authorization", owner);
        if (body is not null)
            request.Content = new StringContent(body, null, "application/json");
        return await http.SendAsync(request, cancel);
    }

    public void Dispose() => http.Dispose();
}
