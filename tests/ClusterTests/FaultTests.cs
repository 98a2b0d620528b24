namespace PcBench.ClusterTests;

/// <summary>Releases that do not work: stage is back on the last verified one by itself, the cause is told, and the release is held.</summary>
public sealed class FaultTests(Cluster cluster)
{
    // Ready and alive, and of no use.
    private const string Answers500 = """
        [ "$1" != migrate ] || exit 0
        exec perl -MIO::Socket::INET -e '
          my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 50, ReuseAddr => 1) or die $!;
          while (my $client = $server->accept) {
            my $asked = <$client>;
            while (defined(my $line = <$client>) && $line =~ /\S/) {}
            my $status = $asked =~ m{ /health/} ? "200 OK" : "500 Internal Server Error";
            print $client "HTTP/1.1 $status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            close $client;
          }'
        """;

    [Theory(Skip = "PCBENCH_KUBE_UP names no script that starts a cluster.", SkipUnless = nameof(Cluster.IsNamed), SkipType = typeof(Cluster))]
    [InlineData("hangs", "[ \"$1\" = migrate ] || sleep infinity", "not ready in time: backend: 3 of 3 new, 3 available, 6 in all; pod backend-", "Startup probe failed")]
    [InlineData("crashes", "[ \"$1\" = migrate ] || { echo 'no such setting' >&2; exit 3; }", "with exit code 3", "its log ends with: no such setting")]
    [InlineData("answers-500", Answers500, "answers 500", "FAIL health: ")]
    [InlineData("migrates-and-hangs", "sleep infinity", "Job migrate did not end in time", "")]
    [InlineData("migration-fails", "echo 'no such column' >&2; exit 1", "Job migrate failed: BackoffLimitExceeded", "its log ends with: no such column")]
    public async Task A_release_that_does_not_work_is_taken_back_and_held(string name, string script, string cause, string words)
    {
        await cluster.BuiltAsync();
        await cluster.P25Async("deploy stage --wait 2m");
        var release = await cluster.VariantAsync(name, script);

        var said = await cluster.P25Async($"deploy stage --release {release} --config deploy/hasty.yaml", code: 10);

        said.ShouldContain(cause);
        said.ShouldContain(words);
        (await cluster.P25Async("status stage")).ShouldContain("rollback verified");
        (await cluster.P25Async("history stage --limit 3")).ShouldContain(cause);
        (await cluster.P25Async($"deploy stage --release {release}", code: 4)).ShouldContain("is on hold");
        await cluster.P25Async("doctor stage");
    }

    [Fact(Skip = "PCBENCH_KUBE_UP names no script that starts a cluster.", SkipUnless = nameof(Cluster.IsNamed), SkipType = typeof(Cluster))]
    public async Task There_is_no_way_back_across_a_migration_that_took_something_away()
    {
        await cluster.BuiltAsync();
        await cluster.P25Async("deploy beta --release " + await cluster.BetaAsync("release.json", "0.9.0-beta1"));
        await cluster.P25Async("deploy beta --release " + await cluster.BetaAsync(await cluster.VariantAsync("narrowing"), "0.9.1-beta1", " | .migrations += [\"9999-contract-results\"]"));

        (await cluster.P25Async("rollback beta --reason 'loses drafts'", code: 4)).ShouldContain("9999-contract-results took away what it needs");

        (await cluster.P25Async("deploy beta --release 0.9.0-beta1.json", code: 4)).ShouldContain("9999-contract-results took away what it needs");
        (await cluster.P25Async("status beta")).ShouldContain("0.9.1-beta1");
        await cluster.RunAsync("kubectl -n p25-beta delete configmap p25-ledger"); // its database never saw that migration: other tests go on with it
    }
}
