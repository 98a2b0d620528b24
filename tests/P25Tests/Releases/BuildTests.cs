using System.Text;
using P25;
using P25.Tools;
using PcBench.Shared;

namespace PcBench.P25Tests.Releases;

/// <summary>What is built, and what is not, in a real repository: a commit on main, one on a branch that is not merged.</summary>
public sealed class BuildTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-build-").FullName;

    public async ValueTask InitializeAsync()
    {
        await GitAsync("init", "-q", "-b", "main");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "--allow-empty", "-m", "one");
        await GitAsync("tag", "v1.0.0-beta1");
        await GitAsync("switch", "-q", "-c", "feature");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "--allow-empty", "-m", "two");
        await GitAsync("tag", "v1.1.0-beta1");
    }

    [Theory]
    [InlineData("main", "main", P25ExitCodes.Ok, "refs/heads/main")]
    [InlineData("v1.0.0-beta1", "v1.0.0-beta1", P25ExitCodes.Ok, "1.0.0-beta1")]
    [InlineData("feature", "main", P25ExitCodes.Refused, "The commit that is checked out is not on main.")]
    [InlineData("v1.1.0-beta1", "main", P25ExitCodes.Refused, "The commit that is checked out is not on main.")]
    [InlineData("v1.1.0-beta1", "v1.1.0-beta1", P25ExitCodes.Refused, "The tag's commit is not on main.")]
    [InlineData("main", "v9.9.9-beta1", P25ExitCodes.Refused, "Whether v9.9.9-beta1 names a commit on main is not known here.")]
    [InlineData("feature", "v1.0.0-beta1", P25ExitCodes.Refused, "v1.0.0-beta1 names commit")]
    public async Task Only_what_the_policy_lets_in_is_built(string checkedOut, string reference, int code, string words)
    {
        await GitAsync("checkout", "-q", checkedOut);
        using var data = new MemoryStream();
        using var said = new StringWriter();
        var context = new P25Context(new Output(data, said), TimeProvider.System, _ => null, _ => new Here(folder), () => new HttpClientHandler(), null);

        var ended = await CommandLine.RunAsync(
            ["build", reference, "--dry-run", "--json", "--registry", "registry.example/pcbench", "--config", await ConfigAsync()], context);

        (Encoding.UTF8.GetString(data.ToArray()) + said).ShouldContain(words);
        ended.ShouldBe(code);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> ConfigAsync()
    {
        var path = Path.Combine(folder, "contours.yaml");
        var text = await File.ReadAllTextAsync(Repository.Path("deploy/contours.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace("migrations: src", $"migrations: {Repository.Path("src")}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return path;
    }

    private async Task GitAsync(params string[] words) =>
        (await new Here(folder).RunAsync(new ToolCall("git", words), TestContext.Current.CancellationToken)).ExitCode.ShouldBe(0);

    /// <summary>Git, in the test's repository.</summary>
    private sealed class Here(string folder) : IToolRunner
    {
        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel) =>
            new ToolRunner(_ => null, null).RunAsync(call with { Arguments = ["-C", folder, .. call.Arguments] }, cancel);
    }
}
