using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace PcBench.Standalone;

/// <summary>Serves the published page: compressed as it was published, files with a hash in their name for ever.</summary>
internal static class WebPage
{
    private const string ImportMapStart = "<script type=\"importmap\">";

    // Published beside this program by the target PublishWeb.
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Where the page's files are.</summary>
    public static string Root { get; } = Path.Combine(Folder, "wwwroot");

    /// <summary>Maps the files, and the page itself for every address that nothing else answers.</summary>
    public static void MapWebPage(this WebApplication app)
    {
        app.MapStaticAssets(Path.Combine(Folder, "PcBench.Web.staticwebassets.endpoints.json"));
        var policy = ContentSecurityPolicy(File.ReadAllText(Path.Combine(Root, "index.html")));
        app.MapFallbackToFile("index.html", new StaticFileOptions
        {
            OnPrepareResponse = context =>
            {
                context.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache"; // it names the files of one release
                context.Context.Response.Headers[HeaderNames.ContentSecurityPolicy] = policy;
            },
        });
    }

    /// <summary>Nothing but our own files; of inline scripts only the import map that publishing wrote into the page.</summary>
    private static string ContentSecurityPolicy(string page)
    {
        var start = page.IndexOf(ImportMapStart, StringComparison.Ordinal) + ImportMapStart.Length;
        var importMap = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(importMap)));
        return $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
