namespace PcBench.Web.Api;

/// <summary>A request to the server the page came from.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, relative to the page's base.</param>
/// <param name="Owner">The owner's token, where one is shown.</param>
/// <param name="Body">JSON to send.</param>
public sealed record ApiRequest(string Method, string Path, string? Owner = null, string? Body = null);

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status; 0 where the server was not reached.</param>
/// <param name="Body">JSON, as a rule.</param>
/// <param name="RetryAfterSeconds">How long the server asks to wait.</param>
public sealed record ApiResponse(int Status, string Body = "", int? RetryAfterSeconds = null);

/// <summary>Sends a request. Only a cancellation is an exception.</summary>
public delegate Task<ApiResponse> Transport(ApiRequest request, CancellationToken cancel);
