using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using PcBench.Backend.Features.Pages;

namespace PcBench.Standalone;

/// <summary>Serves the published web: its files as they were compressed, those with a hash in their name for ever.</summary>
internal static class WebPage
{
    // Published beside this program by the target PublishWeb.
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "web");
    private static readonly string[] Addresses = ["/", "/cpus", "/predict", "/compare", "/search", "/scoring", "/measure"];

    /// <summary>Where the web's files are.</summary>
    public static string Root { get; } = Path.Combine(Folder, "wwwroot");

    /// <summary>Maps the files, and the addresses of the pages, which are all one file. What is not there is 404, in the same dress.</summary>
    public static void MapWebPage(this WebApplication app)
    {
        app.MapStaticAssets(Path.Combine(Folder, "PcBench.Web.staticwebassets.endpoints.json")).DisableHttpMetrics(); // a route for each file would be a series for each
        var page = Page.Of(File.ReadAllText(Path.Combine(Root, "index.html")));
        var pages = app.MapGroup("").ExcludeFromDescription();
        foreach (var address in Addresses)
            pages.MapGet(address, (HttpContext context) => page.SendAsync(context, isThere: true));
        pages.MapGet("/results/{id}", async (string id, HttpContext context, PublicPages known) =>
            await page.SendAsync(context, await known.HasResultAsync(id, context.RequestAborted)));
        pages.MapGet("/cpus/{id}", async (string id, HttpContext context, PublicPages known) =>
            await page.SendAsync(context, await known.HasCpuAsync(id, context.RequestAborted)));
        // A page is only looked at: any other verb is an error of the API, in its own words.
        pages.MapFallback((HttpContext context) => page.SendAsync(context, isThere: false)).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }

    /// <summary>The one page, and its content security policy.</summary>
    private sealed record Page(string Html, string Policy)
    {
        private const string ImportMap = "<script type=\"importmap\">";

        /// <summary>Nothing but our own files; of inline scripts only the import map that publishing wrote into the page.</summary>
        public static Page Of(string html)
        {
            var start = html.IndexOf(ImportMap, StringComparison.Ordinal) + ImportMap.Length;
            var importMap = html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)];
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(importMap)));
            return new Page(html,
                $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
        }

        public Task SendAsync(HttpContext context, bool isThere)
        {
            context.Response.StatusCode = isThere ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            context.Response.ContentType = MediaTypeNames.Text.Html;
            context.Response.Headers.CacheControl = "no-cache"; // it names the files of one release
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return context.Response.WriteAsync(Html);
        }
    }
}
