namespace PcBench.Backend.Http;

internal static class HeadRequests
{
    /// <summary>Answers HEAD as GET without the body, which the server itself leaves out: for checkers of links, proxies, and <c>curl -I</c>.</summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
