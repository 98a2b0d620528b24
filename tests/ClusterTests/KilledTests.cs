using System.Diagnostics;

namespace PcBench.ClusterTests;

/// <summary>p25 is killed in the middle: the next deploy waits until its lock has run out, puts in order what is left, and goes on.</summary>
public sealed class KilledTests(Cluster cluster)
{
    private const string JobOfMigration = "kubectl -n p25-stage get job migrate --ignore-not-found -o jsonpath='{.metadata.uid}'";

    [Theory(Skip = "PCBENCH_KUBE_UP names no script that starts a cluster.", SkipUnless = nameof(Cluster.IsNamed), SkipType = typeof(Cluster))]
    [InlineData("migration")]
    [InlineData("Verifying:")]
    public async Task The_next_deploy_recovers(string moment)
    {
        await cluster.BuiltAsync();
        await cluster.P25Async("deploy stage --wait 2m");
        var next = await cluster.VariantAsync(moment == "migration" ? "killed-early" : "killed-late");
        var before = await cluster.RunAsync(JobOfMigration);

        using (var deploy = await StartAsync($"deploy stage --release {next}"))
        {
            if (moment == "migration")
                await UntilAsync(async () => await cluster.RunAsync(JobOfMigration) is { Length: > 0 } job && job != before);
            else
                await deploy.StandardError.ReadUntilAsync(moment);
            deploy.Kill();
            await deploy.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await cluster.P25Async("doctor stage", code: 12)).ShouldContain("never ended");
        (await cluster.P25Async($"deploy stage --release {next} --wait 2m")).ShouldContain("Recovering stage");
        (await cluster.RunAsync("helm -n p25-stage status pcbench -o json | jq -r .info.status")).Trim().ShouldBe("deployed");
        var history = await cluster.P25Async("history stage --limit 3");
        history.ShouldContain("interrupted");
        history.ShouldContain("recover  done");
        await cluster.P25Async("doctor stage");
        await cluster.P25Async("drift stage");
    }

    private async Task<Process> StartAsync(string arguments)
    {
        var start = new ProcessStartInfo(await cluster.ProgramAsync(), arguments.Split(' ')) { WorkingDirectory = cluster.Repository, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in cluster.Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Delay(100, TestContext.Current.CancellationToken);
    }
}

/// <summary>Reading what a program says.</summary>
internal static class Reading
{
    /// <summary>Reads lines until one holds a text.</summary>
    public static async Task ReadUntilAsync(this StreamReader reader, string text)
    {
        while (!(await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"It ended without '{text}'.")).Contains(text, StringComparison.Ordinal))
        {
            // The next one may.
        }
    }
}
