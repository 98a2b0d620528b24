using System.Net;
using Amazon.Runtime;

namespace PcBench.Platform.Blobs;

/// <summary>Tells a store that is away, where the same call is good later, from one that refuses the call.</summary>
public static class BlobOutage
{
    /// <summary>Whether an exception of an <see cref="IBlobStore"/> means that the store is away.</summary>
    public static bool Is(Exception error) => error switch
    {
        // A connection that broke while a body came, a disk that is full or gone.
        IOException or TimeoutException or HttpRequestException => true,
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented } => true,
        AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout } => true,
        AmazonServiceException { ErrorCode: "RequestTimeout" or "SlowDown" } => true,
        // The client library wraps what the network said, or did not come to sending.
        AmazonClientException { InnerException: { } cause } => Is(cause),
        _ => false,
    };
}
