using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
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

    private static readonly TimeSpan InRedis = TimeSpan.FromMinutes(1);
    private static readonly PathString[] Paths = ["/api/v1/leaderboard", "/api/v1/cpus", "/api/v1/compare", "/api/v1/search"];

    private readonly ConcurrentDictionary<string, Page> pages = new();
    private readonly ConcurrentDictionary<string, Task> making = new();
    private long size;

    private sealed record Page(Stamp Stamp, TaggedBytes Answer);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsForAll(context.Request) || freshness.Current is not { } stamp)
        {
            await next(context);
            return;
        }

        var address = context.Request.Path.Value + context.Request.QueryString.Value;
        if (pages.TryGetValue(address, out var known) && known.Stamp == stamp)
        {
            await GiveAsync(known.Answer, PageSource.Hit, context);
            return;
        }

        await MakeAsync(address, stamp, context, next);
    }

    private async Task MakeAsync(string address, Stamp stamp, HttpContext context, RequestDelegate next)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = making.GetOrAdd(address, mine.Task);
        if (first != mine.Task)
        {
            await first.WaitAsync(context.RequestAborted);
            if (pages.TryGetValue(address, out var made) && made.Stamp == stamp)
                await GiveAsync(made.Answer, PageSource.Hit, context);
            else
                await next(context); // it was an error, or something changed meanwhile
            return;
        }

        try
        {
            if (await SharedAsync(address, stamp) is { } shared)
            {
                Keep(address, new Page(stamp, shared));
                await GiveAsync(shared, PageSource.Shared, context);
                return;
            }

            metrics.PageServed(PageSource.Miss);
            var slot = new PageSlot();
            context.Features.Set(slot);
            await next(context);
            if (slot.Answer is not { } answer)
                return;
            Keep(address, new Page(stamp, answer));
            Share(address, stamp, answer);
        }
        finally
        {
            making.TryRemove(address, out _);
            mine.SetResult();
        }
    }

    private Task GiveAsync(TaggedBytes answer, PageSource source, HttpContext context)
    {
        metrics.PageServed(source);

        // No route was chosen, so the request's own figure would not say which it was.
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { MetricsDisabled: false } figure)
            figure.Tags.Add(new("http.route", RouteOf(context.Request.Path)));
        return answer.WriteAsync(context);
    }

    private static string RouteOf(PathString path)
    {
        var list = Paths.First(known => path.StartsWithSegments(known, StringComparison.Ordinal)).Value!;
        return path.Value!.Length > list.Length + 1 ? list + "/{id}" : list;
    }

    private static bool IsForAll(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.Count == 0
        && request.Path.Value!.Length + request.QueryString.Value?.Length <= MaxAddress
        && Paths.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal));

    private void Keep(string address, Page page)
    {
        if (Interlocked.Add(ref size, page.Answer.Body.Length) > Capacity)
        {
            pages.Clear();
            Interlocked.Exchange(ref size, page.Answer.Body.Length);
        }

        if (pages.TryGetValue(address, out var old))
            Interlocked.Add(ref size, -old.Answer.Body.Length);
        pages[address] = page;
    }

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

/// <summary>Where an endpoint leaves an answer that may be given to everybody.</summary>
internal sealed class PageSlot
{
    public TaggedBytes? Answer { get; set; }
}
