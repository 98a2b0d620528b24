using System.Net.Mime;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Access;

/// <summary>Registers the gate and puts it before the service.</summary>
internal static class AccessServices
{
    private const string Path = "/access";

    // Open to all: what the cluster asks of a pod, the version that a deployment looks for, and where a key is shown.
    private static readonly PathString[] Open = ["/health", "/metrics", "/version", Path];

    private static readonly Lazy<string> Form = new(ReadForm);

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddCheckedOptions<AccessOptions, AccessOptionsCheck>(AccessOptions.Section).Configure<IConfiguration>(ReadKeys);
        services.AddSingleton<AccessGate>();
    }

    /// <summary>Answers those who may not come in. What lies behind does not learn that they asked.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<AccessGate>();
        app.Use((context, next) =>
        {
            var isIn = gate.IsOpen || Open.Any(path => context.Request.Path.StartsWithSegments(path)) || gate.Admits(context.Request);
            return isIn ? next(context) : RefuseAsync(context);
        });
    }

    /// <summary>
    /// Maps <c>/access</c>: 204 for whoever may come in, which is what the Ingress asks about each request, and a form for a key for
    /// whoever may not.
    /// </summary>
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        var access = app.MapGroup(Path).DisableHttpMetrics().ExcludeFromDescription();
        access.MapGet("", (HttpContext context, AccessGate gate) =>
        {
            if (!gate.Admits(context.Request))
                return RefuseAsync(context);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        access.MapPost("", async (HttpContext context, AccessGate gate) =>
        {
            var key = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["key"].ToString().Trim() : "";
            if (!gate.IsOpen && !gate.Opens(key))
            {
                await RefuseAsync(context);
                return;
            }

            if (!gate.IsOpen)
            {
                context.Response.Cookies.Append(AccessGate.Cookie, key, new CookieOptions
                {
                    HttpOnly = true,
                    Secure = true,
                    SameSite = SameSiteMode.Lax,
                    MaxAge = TimeSpan.FromDays(90),
                });
            }

            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
        });
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        headers.WWWAuthenticate = AccessGate.Header;
        headers.CacheControl = "no-store";
        headers.Vary = $"Cookie, {AccessGate.Header}, Accept";
        if (!context.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Problem(
                title: "This service is not open to everybody", statusCode: StatusCodes.Status401Unauthorized,
                detail: $"Send the key that you were given in the header {AccessGate.Header}, or open {Path} in a browser.").ExecuteAsync(context);
        }

        headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Form.Value, context.RequestAborted);
    }

    private static string ReadForm()
    {
        using var reader = new StreamReader(typeof(AccessServices).Assembly.GetManifestResourceStream("access.html")!);
        return reader.ReadToEnd();
    }

    private static void ReadKeys(AccessOptions options, IConfiguration configuration)
    {
        options.DeveloperKeys = OptionRules.ListOf(configuration.GetSection($"{AccessOptions.Section}:{nameof(AccessOptions.DeveloperKeys)}"));
        options.InvitedKeys = OptionRules.ListOf(configuration.GetSection($"{AccessOptions.Section}:{nameof(AccessOptions.InvitedKeys)}"));
    }
}
