using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;
using PcBench.Backend.Http;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Redis;
using StackExchange.Redis;

namespace PcBench.Backend.Caching;

/// <summary>
/// Answers to what everybody may ask, kept as bytes for as long as <see cref="Freshness"/> says that nothing changed: in this
/// process, and in Redis for the other replicas. Of many who ask for the same at once, one is answered by the endpoint.
/// </summary>
internal sealed class PageCache(Freshness freshness, RedisServer redis, BackendMetrics metrics)
{
    private const long Capacity = 32 * 1_024 * 1_024;
    private const int MaxAddress = 300;
    private const int Overhead = 400; // what an answer takes beside its bytes and its address

    private static readonly TimeSpan InRedis = TimeSpan.FromMinutes(1);
    private static readonly (PathString Path, Endpoint List, Endpoint Item)[] Paths =
        [.. ((string[])["/api/v1/leaderboard", "/api/v1/cpus", "/api/v1/compare", "/api/v1/search"]).Select(path => (new PathString(path), Nameplate(path), Nameplate(path + "/{id}")))];

    private readonly ConcurrentDictionary<string, Task> making = new();
    private volatile Pages pages = new(default);

    /// <summary>The answers of one stamp: those of the one before are of no use to anybody, and go at once.</summary>
    private sealed class Pages(Stamp stamp)
    {
        private readonly ConcurrentDictionary<string, TaggedBytes> byAddress = new();
        private long size;

        public Stamp Stamp => stamp;

        public TaggedBytes? Find(string address) => byAddress.GetValueOrDefault(address);

        public void Keep(string address, TaggedBytes answer)
        {
            var room = answer.Body.Length + 2 * address.Length + Overhead; // of many small answers the bodies are the least
            if (Interlocked.Add(ref size, room) > Capacity)
            {
                byAddress.Clear();
                Interlocked.Exchange(ref size, room);
            }

            byAddress[address] = answer;
        }
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsForAll(context.Request) || freshness.Current is not { } stamp)
        {
            await next(context);
            return;
        }

        var address = context.Request.Path.ToUriComponent() + context.Request.QueryString.Value; // a decoded path may hold a '?' of its own
        var known = pages;
        if (known.Stamp != stamp)
            pages = known = new Pages(stamp);
        if (known.Find(address) is { } answer)
            await GiveAsync(answer, PageSource.Hit, context);
        else
            await MakeAsync(address, known, context, next);
    }

    private async Task MakeAsync(string address, Pages known, HttpContext context, RequestDelegate next)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = making.GetOrAdd(address, mine.Task);
        if (first != mine.Task)
        {
            await first.WaitAsync(context.RequestAborted);
            if (known.Find(address) is { } made)
                await GiveAsync(made, PageSource.Hit, context);
            else
                await next(context); // it was an error, or something changed meanwhile
            return;
        }

        TaggedBytes? shared, answer = null;
        try
        {
            shared = await SharedAsync(address, known.Stamp);
            if (shared is null)
                answer = await AnswerAsync(context, next);
            if ((shared ?? answer) is { } kept)
                known.Keep(address, kept);
        }
        finally
        {
            making.TryRemove(address, out _);
            mine.SetResult();
        }

        // Not before: who reads slowly would keep all others waiting.
        if (shared is not null)
            await GiveAsync(shared, PageSource.Shared, context);
        if (answer is null)
            return;
        Share(address, known.Stamp, answer);
        await answer.WriteAsync(context);
    }

    private async Task<TaggedBytes?> AnswerAsync(HttpContext context, RequestDelegate next)
    {
        metrics.PageServed(PageSource.Miss);
        var slot = new PageSlot();
        context.Features.Set(slot);
        await next(context);
        return slot.Answer;
    }

    private Task GiveAsync(TaggedBytes answer, PageSource source, HttpContext context)
    {
        metrics.PageServed(source);

        // No route was chosen, so the request's figure would not say which it was.
        context.SetEndpoint(EndpointOf(context.Request.Path));
        return answer.WriteAsync(context);
    }

    private static Endpoint EndpointOf(PathString path)
    {
        var (known, list, item) = Paths.First(known => path.StartsWithSegments(known.Path, StringComparison.Ordinal));
        return path.Value!.Length > known.Value!.Length + 1 ? item : list;
    }

    /// <summary>An endpoint that says which route it is, and does nothing.</summary>
    private static RouteEndpoint Nameplate(string route) => new(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), 0, EndpointMetadataCollection.Empty, route);

    private static bool IsForAll(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.Count == 0
        && request.Path.Value!.Length + request.QueryString.Value?.Length <= MaxAddress
        && Paths.Any(known => request.Path.StartsWithSegments(known.Path, StringComparison.Ordinal));

    private async Task<TaggedBytes?> SharedAsync(string address, Stamp stamp)
    {
        // What this process has committed since may not be in what another one made of the same ranks.
        if (stamp.Ranks is null || stamp.Commits > 0)
            return null;
        var (_, value) = await redis.TryAsync(database => database.StringGetAsync(KeyOf(address, stamp)));
        return value.HasValue ? new TaggedBytes((byte[])value!, TaggedBytes.Json) : null;
    }

    private void Share(string address, Stamp stamp, TaggedBytes answer)
    {
        if (stamp.Ranks is not null)
            _ = redis.TryAsync(database => database.StringSetAsync(KeyOf(address, stamp), answer.Body, InRedis));
    }

    // A fixed length whatever was asked, and nothing of what was searched for.
    private RedisKey KeyOf(string address, Stamp stamp)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 16));
        return redis.Key($"page:{stamp.Removals}:{stamp.Ranks}:{hash}");
    }
}

/// <summary>Where an endpoint leaves an answer that may be given to everybody, and is given for it.</summary>
internal sealed class PageSlot
{
    public TaggedBytes? Answer { get; set; }
}
