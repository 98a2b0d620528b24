using P25.Contours;
using P25.Observe;
using P25.Tools;

namespace PcBench.P25Tests.Observe;

/// <summary>The files of all contours, made once of the repository's sources, and the real programs that judge them.</summary>
internal static class Rendered
{
    public static readonly string Source = Repository.Path("deploy/observe");

    public static readonly ContourSet Contours = ContourReader.Read(Repository.Path("deploy/contours.yaml"));

    private static readonly ToolRunner Runner = new(_ => null, null);
    private static readonly Lazy<string> All = new(() => Into(Repository.Path($"artifacts/observe-tests/{Environment.ProcessId}"), [.. Contours.Contours.Select(contour => (contour.Name, contour.Namespace))]));

    public static TheoryData<string> Names => [.. Contours.Contours.Select(contour => contour.Name)];

    public static string Path(string relative) => System.IO.Path.Combine(All.Value, relative);

    public static string Into(string folder, IReadOnlyList<(string Name, string Space)> contours)
    {
        new ObserveRenderer(new RenderRequest(Source, folder, contours, [], null, "alertmanager:9093")).Run();
        return folder;
    }

    /// <summary>Runs promtool or amtool; the test is skipped at home where Debian's package is missing.</summary>
    public static async Task<(bool Succeeded, string Output)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        try
        {
            var result = await Runner.RunAsync(new ToolCall(program, [.. arguments]), TestContext.Current.CancellationToken);
            return (result.Succeeded, result.Output + result.Errors);
        }
        catch (P25.P25Exception missing)
        {
            Requirement.Missing($"{missing.Message} Install Debian's prometheus and prometheus-alertmanager.");
            throw;
        }
    }
}
