namespace P25.Tools;

/// <summary>Shows each request and how it was answered: the address without a user's name, no header and no body, for there are the secrets.</summary>
/// <param name="inner">Sends them.</param>
/// <param name="trace">Told a line.</param>
internal sealed class HttpTrace(HttpMessageHandler inner, Action<string> trace) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        var line = request.Headers.Host is { } host ? $"{request.Method} {address} (Host: {host})" : $"{request.Method} {address}";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            trace($"{line}: {(int)response.StatusCode}");
            return response;
        }
        catch (HttpRequestException away)
        {
            trace($"{line}: {away.Message}");
            throw;
        }
    }
}
