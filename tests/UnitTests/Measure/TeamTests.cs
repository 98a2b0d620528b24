using System.Security.Cryptography;
using PcBench.Cli.Measure;
using PcBench.Cli.Workloads;
using PcBench.Cli.Workloads.Shared;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_kernel_that_fails_keeps_no_other_thread_waiting(bool inReset)
    {
        var failing = new FailingKernel(inReset);

        Should.Throw<IOException>(() => team.Run([failing, new FakeKernel(Output)], 3, Share.Equal));
        Should.Throw<IOException>(() => team.Run([new FakeKernel(Output), failing], 3, Share.Equal));

        team.Run([new FakeKernel(Output), new FakeKernel(Output)], 3, Share.Equal).Amounts.Sum().ShouldBe(6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_thread_that_fails_in_a_shared_task_keeps_no_other_waiting_and_its_error_is_heard(int failing)
    {
        using var task = new FailingTask(2) { Failing = failing };
        IKernel[] kernels = [task.KernelOf(0), task.KernelOf(1)];

        Should.Throw<IOException>(() => team.Run(kernels, 1, Share.Equal));

        task.Failing = -1;
        team.Run(kernels, 1, Share.Equal).Amounts.Sum().ShouldBe(1);
    }

    public void Dispose() => team.Dispose();

    private sealed class FailingKernel(bool inReset) : IKernel
    {
        public void Reset()
        {
            if (inReset)
                throw new IOException("reset");
        }

        public double Run() => throw new IOException("run");

        public void AppendOutput(IncrementalHash hash)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class FailingTask(int threads) : SharedTask(threads)
    {
        public int Failing { get; set; }

        protected override void Reset()
        {
        }

        protected override double Run(int member)
        {
            if (member == Failing)
                throw new IOException("task");
            Meet();
            return 1;
        }

        protected override void AppendOutput(IncrementalHash hash)
        {
        }
    }
}
