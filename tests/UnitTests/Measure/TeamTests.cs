using System.Security.Cryptography;
using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Measure;

public sealed class TeamTests : IDisposable
{
    private static readonly byte[] Output = [1, 2, 3];
    private static readonly Workload Workload = WorkloadCatalog.Scored[0] with { Digest = Convert.ToHexStringLower(SHA256.HashData(Output)) };

    // Two threads on one processor: a team must work where threads have to wait for each other, too.
    private readonly Team team = new([Affinity.Processors()[0], Affinity.Processors()[0]]);

    [Fact]
    public void Each_member_works_on_a_thread_of_its_own()
    {
        var threads = new int[2];

        team.Each(2, member => threads[member] = Environment.CurrentManagedThreadId);

        threads.Distinct().Count().ShouldBe(2);
        threads.ShouldNotContain(Environment.CurrentManagedThreadId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_runs_of_a_sample_are_made_once(bool inEqualShares)
    {
        FakeKernel[] kernels = [new(Output), new(Output)];

        var work = team.Run(kernels, 3, inEqualShares ? Share.Equal : Share.AsFast);

        kernels.Sum(kernel => kernel.Runs).ShouldBe(6);
        work.Amounts.Sum().ShouldBe(6);
        work.Seconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_error_on_a_members_thread_reaches_the_caller_and_the_team_goes_on()
    {
        Should.Throw<IOException>(() => team.Each(2, member => throw new IOException($"{member}")));

        var done = 0;
        team.Each(2, _ => Interlocked.Increment(ref done));
        done.ShouldBe(2);
    }

    [Fact]
    public void The_fastest_variant_is_found_in_warm_up_and_used_from_then_on()
    {
        var kernel = new FakeKernel(Output);
        var measurement = new TeamMeasurement(Workload, team, [kernel], 1, Share.Equal);

        for (var i = 0; i < measurement.WarmUps; i++)
            measurement.WarmUp();
        measurement.Take();

        measurement.Variant.ShouldBe("fast");
        kernel.Variant.ShouldBe(1);
    }

    [Fact]
    public void A_wrong_output_on_any_thread_is_refused_by_the_workloads_name()
    {
        var measurement = new TeamMeasurement(Workload, team, [new FakeKernel(Output), new FakeKernel([9])], 1, Share.Equal);

        Should.Throw<WrongOutputException>(() => measurement.Take()).Message.ShouldContain(Workload.Id);
    }

    public void Dispose() => team.Dispose();
}
