using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using PcBench.Backend.Caching;
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
        var answer = new TaggedBytes(body, TaggedBytes.Json);
        if (!isPrivate && httpContext.Features.Get<PageSlot>() is { } slot)
            slot.Answer = answer;
        else
            await answer.WriteAsync(httpContext, isPrivate);
    }
}

/// <summary>Bytes with their entity tag, for as many answers as are wanted.</summary>
internal sealed class TaggedBytes(byte[] body, string contentType)
{
    public const string Json = "application/json; charset=utf-8";

    private readonly string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";

    public byte[] Body => body;

    /// <summary>Answers with the bytes, or with 304 where the asker has them.</summary>
    public Task WriteAsync(HttpContext context, bool isPrivate = false)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = isPrivate ? "no-store, private" : "no-cache";
        headers.Vary = HeaderNames.Authorization;
        if (context.Request.Headers.IfNoneMatch.Count > 0 && IsKnown(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = contentType;
        headers.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private bool IsKnown(HttpRequest request)
    {
        var mine = new EntityTagHeaderValue(tag);
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(mine, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }
}

/// <summary>A document's own bytes with their entity tag.</summary>
internal sealed class TaggedDocument(byte[] bytes, bool isPrivate) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => new TaggedBytes(bytes, TaggedBytes.Json).WriteAsync(httpContext, isPrivate);
}
