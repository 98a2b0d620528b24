using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PcBench.P25Tests.Workflows;

/// <summary>What actionlint does not look at: pins, permissions, secrets, concurrency.</summary>
public partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.Path(".github/workflows")).Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void There_are_the_four() => Files.Select(row => row.Data).Order().ShouldBe(["ci.yaml", "deploy.yaml", "rollback-beta.yaml", "rollback-prod.yaml"]);

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_pinned_by_commit_with_their_version_beside(string file)
    {
        var uses = Uses().Matches(Text(file));

        uses.ShouldNotBeEmpty();
        uses.ShouldAllBe(use => Pinned().IsMatch(use.Value));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_pasted_into_a_script(string file) => Steps(file).Select(step => Scalar(step, "run")).ShouldAllBe(run => run == null || !run.Contains("${{"));

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_come_through_the_environment_of_a_step_alone(string file)
    {
        foreach (Match secret in Secret().Matches(Text(file)))
            EnvironmentLine().IsMatch(secret.Value).ShouldBeTrue(secret.Value);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_may_read_the_source_and_nothing_more(string file) => Text(file).ShouldContain("\npermissions:\n  contents: read\n");

    [Theory]
    [InlineData("deploy.yaml")]
    [InlineData("rollback-beta.yaml")]
    [InlineData("rollback-prod.yaml")]
    public void A_deploy_in_progress_is_never_cancelled(string file)
    {
        Text(file).ShouldContain("cancel-in-progress: false");
        Text(file).ShouldNotContain("cancel-in-progress: true");
    }

    [Theory]
    [InlineData("deploy.yaml")]
    [InlineData("rollback-beta.yaml")]
    [InlineData("rollback-prod.yaml")]
    public void A_kubeconfig_is_readable_by_the_runner_alone_and_removed(string file)
    {
        foreach (var script in Steps(file).Select(step => Scalar(step, "run")).Where(run => run?.Contains("base64 -d", StringComparison.Ordinal) == true))
            script!.TrimStart().ShouldStartWith("umask 077");
        Text(file).ShouldContain("if: always()\n        run: rm -f \"$RUNNER_TEMP/kubeconfig\"");
    }

    internal static string Text(string file) => File.ReadAllText(Repository.Path($".github/workflows/{file}"));

    internal static string? Scalar(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;

    private static IEnumerable<YamlMappingNode> Steps(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text(file)));
        var jobs = (YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode)["jobs"];
        return jobs.Children.Values.SelectMany(job => (YamlSequenceNode)job["steps"]).OfType<YamlMappingNode>();
    }

    [GeneratedRegex(@"uses: .*")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\Auses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\z")]
    private static partial Regex Pinned();

    [GeneratedRegex(@".*secrets\..*")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\A {10}[A-Z_0-9]+: \$\{\{ secrets\.[A-Z_0-9]+ \}\}( #.*)?\z")]
    private static partial Regex EnvironmentLine();
}
