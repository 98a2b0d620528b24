using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using PcBench.Contracts;

namespace PcBench.Backend.Http;

/// <summary>
/// JSON with an entity tag of its bytes. A browser keeps it but asks each time (<c>no-cache</c>), so that what was deleted
/// is gone at once and what did not change costs 304 and no body.
/// </summary>
internal sealed class Tagged<T>(T value, bool isPrivate = false) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)ApiJson.Default.GetTypeInfo(typeof(T))!);
        await EntityTag.WriteAsync(httpContext, body, "application/json; charset=utf-8", isPrivate);
    }
}

/// <summary>Answers with bytes and their entity tag, or with 304 where the asker has them.</summary>
internal static class EntityTag
{
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType, bool isPrivate)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 12))}\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = isPrivate
            ? new CacheControlHeaderValue { NoStore = true, Private = true }
            : new CacheControlHeaderValue { NoCache = true };
        context.Response.Headers.Vary = HeaderNames.Authorization;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

/// <summary>A document's own bytes with their entity tag.</summary>
internal sealed class TaggedDocument(byte[] bytes, bool isPrivate) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => EntityTag.WriteAsync(httpContext, bytes, "application/json; charset=utf-8", isPrivate);
}
