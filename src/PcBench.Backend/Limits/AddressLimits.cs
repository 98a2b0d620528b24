namespace PcBench.Backend.Limits;

internal static class AddressLimits
{
    /// <summary>
    /// Counts calls of the API by address. It costs nothing where addresses are not limited, and otherwise comes before everything
    /// that answers: before a cache of answers, and before the body of a submission is read.
    /// </summary>
    public static void UseAddressLimits(this IApplicationBuilder app) => app.Use(next =>
    {
        var limiter = app.ApplicationServices.GetRequiredService<RateLimiter>();
        if (!limiter.IsLimited(Limit.ReadsPerAddress) && !limiter.IsLimited(Limit.SubmissionsPerAddress))
            return next;
        return context => context.Request.Path.StartsWithSegments("/api/v1") ? CountAsync(context, limiter, next) : next(context);
    });

    private static async Task CountAsync(HttpContext context, RateLimiter limiter, RequestDelegate next)
    {
        var limit = IsSubmission(context.Request) ? Limit.SubmissionsPerAddress : Limit.ReadsPerAddress;
        var decision = await limiter.AskAsync(limit, LimitSubject.Of(context.Connection.RemoteIpAddress), context.RequestAborted);

        // Reads that pass are many and bring no headers: they would be more work than the count.
        if (decision.Passes && limit == Limit.ReadsPerAddress)
            await next(context);
        else if (context.Response.Refusal(decision) is { } problem)
            await problem.ExecuteAsync(context);
        else
            await next(context);
    }

    private static bool IsSubmission(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/api/v1/results", out var rest) || request.Path.StartsWithSegments("/api/v1/imports", out rest))
        && rest.Value is null or "" or "/";
}
