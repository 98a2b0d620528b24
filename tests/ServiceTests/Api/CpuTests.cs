using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PcBench.Backend.Caching;
using PcBench.Backend.Features.Cpus;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Statistics;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

public sealed class CpuTests
{
    [Theory, EveryStore]
    public async Task A_models_page_says_what_its_results_say(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        foreach (var speed in new[] { 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6 })
            await http.SubmitAsync(new ResultBuilder { Speed = speed });
        await http.SubmitAsync(new ResultBuilder { Speed = 9, Cpu = "AMD Ryzen 5 3600" });

        await app.SoonAsync(async () =>
        {
            var cpu = await http.GetAsync("/api/v1/cpus/amd-ryzen-9-7950x", ApiJson.Default.CpuView);
            cpu.Results.ShouldBe(7);
            cpu.Name.ShouldBe("AMD Ryzen 9 7950X");
            cpu.Microarchitecture.ShouldBe("Zen 4");
            cpu.Boards.Count.ShouldBe(Board.All.Count);
            var single = cpu.Boards[0];
            single.Median.ShouldBe(1_300, 2);
            single.Low.ShouldBeLessThan(single.Median);
            single.High.ShouldBeGreaterThan(single.Median);
            single.Percentiles!.P25.ShouldBe(1_150, 2);
            single.Histogram!.Counts.Sum().ShouldBe(7);
            cpu.Recent.Count.ShouldBe(7);
            cpu.Recent.ShouldAllBe(row => row.Board == "single" && row.Rank.Of == 8);
        });
    }

    [Theory, EveryStore]
    public async Task A_models_page_follows_each_new_result(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        for (var results = 1; results <= 3; results++)
        {
            await http.SubmitAsync(new ResultBuilder());
            await app.SoonAsync(async () =>
                (await http.GetAsync("/api/v1/cpus/amd-ryzen-9-7950x", ApiJson.Default.CpuView)).Boards[0].Count.ShouldBe(results));
        }
    }

    [Theory, EveryStore]
    public async Task The_list_has_the_most_measured_first_with_their_medians(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder { Cpu = "AMD Ryzen 5 3600", Speed = 2, Only = workload => workload.Id.EndsWith(".single", StringComparison.Ordinal) });
        await http.SubmitAsync(new ResultBuilder());
        await http.SubmitAsync(new ResultBuilder());

        await app.SoonAsync(async () =>
        {
            var cpus = (await http.GetAsync("/api/v1/cpus", ApiJson.Default.CpuList)).Cpus;
            cpus.Select(cpu => (cpu.Id, cpu.Results)).ShouldBe([("amd-ryzen-9-7950x", 2), ("amd-ryzen-5-3600", 1)]);
            cpus[1].Single!.Value.ShouldBe(2_000, 3);
            cpus[1].Multi.ShouldBeNull();
            cpus[1].MultiRange.ShouldBeNull();
        });
    }

    [Theory, EveryStore]
    public async Task The_list_is_as_sure_of_a_median_as_the_models_page(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        foreach (var speed in new[] { 1, 1.6, 1.1, 1.5, 1.2, 1.4, 1.3 })
            await http.SubmitAsync(new ResultBuilder { Speed = speed });
        foreach (var speed in new[] { 1, 1.2 })
            await http.SubmitAsync(new ResultBuilder { Speed = speed, Cpu = "AMD Ryzen 5 3600" });

        await app.SoonAsync(async () =>
        {
            var cpus = (await http.GetAsync("/api/v1/cpus", ApiJson.Default.CpuList)).Cpus;
            cpus.Select(cpu => cpu.SingleRange!.Count).ShouldBe([7, 2]);
            cpus.Select(cpu => cpu.MultiRange!.Confidence).ShouldBe([0.95, 0.5]);
            foreach (var listed in cpus)
            {
                var page = (await http.GetAsync($"/api/v1/cpus/{listed.Id}", ApiJson.Default.CpuView)).Boards[0];
                (listed.Single, listed.SingleRange).ShouldBe((page.Median, new MedianRange(page.Count, page.Low, page.High, page.Confidence)));
                page.Low.ShouldBeLessThan(page.Median);
            }
        });
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1_000)]
    [InlineData(54_321)]
    public void The_middle_of_many_values_says_the_same_as_all_of_them(int count)
    {
        var ascending = Enumerable.Range(0, count).Select(i => 1_000 + Math.Sqrt(i)).ToArray();
        var outside = (int)CpuStatistics.OutsideInterval(count);

        var middle = CpuStatistics.MedianOf(ascending.AsSpan(outside..^outside), count);

        var all = SampleStatistics.MedianOf(ascending);
        middle.Median.ShouldBe(all.Median);
        RankOf(middle.Low).ShouldBe(RankOf(all.Low), 1);
        RankOf(middle.High).ShouldBe(RankOf(all.High), 1);
        static double RankOf(double value) => (value - 1_000) * (value - 1_000);
    }

    [Theory, EveryStore]
    public async Task A_private_result_gives_a_public_model_neither_name_nor_vendor(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder { Cpu = "amd RYZEN 9 7950x", Vendor = "Nobody" }, "private");
        await http.SubmitAsync(new ResultBuilder());

        await app.SoonAsync(async () =>
        {
            var cpu = await http.GetAsync("/api/v1/cpus/amd-ryzen-9-7950x", ApiJson.Default.CpuView);
            (cpu.Name, cpu.Vendor, cpu.Results).ShouldBe(("AMD Ryzen 9 7950X", "AMD", 1));
        });
    }

    [Theory, EveryStore]
    public async Task An_unknown_model_is_not_found(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        (await app.CreateClient().StatusAsync("/api/v1/cpus/no-such-model")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_asks_for_a_model_while_it_is_computed_waits_for_that()
    {
        await using var app = new BackendApp();
        var medians = app.Services.GetRequiredService<CpuCache>().Medians;
        var cpu = new CpuRow(1_000_000, "some-cpu", "Some CPU", "Someone", null, Results: 5_000);
        var computed = 0;
        var computing = new TaskCompletionSource<Medians>();
        Task<Medians> ComputeAsync()
        {
            Interlocked.Increment(ref computed);
            return computing.Task;
        }

        var asked = Enumerable.Range(0, 8).Select(_ => medians.GetAsync(cpu, ComputeAsync).AsTask()).ToList();
        computing.SetResult(MediansOf(1));

        (await Task.WhenAll(asked)).ShouldAllBe(answer => answer == MediansOf(1));
        computed.ShouldBe(1);
    }

    [Fact]
    public async Task What_many_have_measured_is_computed_again_only_when_results_came_or_went()
    {
        await using var app = new BackendApp();
        var time = new FakeTimeProvider();
        var medians = new PerCpu<Medians>(app.Services.GetRequiredService<Freshness>(), time, NullLogger.Instance);
        var cpu = new CpuRow(1_000_000, "some-cpu", "Some CPU", "Someone", null, Results: 5_000);
        var computed = 0;
        Task<Medians> ComputeAsync() => Task.FromResult(MediansOf(++computed));

        (await medians.GetAsync(cpu, ComputeAsync)).Single!.Value.ShouldBe(1);
        time.Advance(TimeSpan.FromHours(1));
        (await medians.GetAsync(cpu, ComputeAsync)).Single!.Value.ShouldBe(1);
        computed.ShouldBe(1);

        // One more: the answer is the old one, and behind it a new one is made.
        var more = cpu with { Results = 5_001 };
        (await medians.GetAsync(more, ComputeAsync)).Single!.Value.ShouldBe(1);
        (await medians.GetAsync(more, ComputeAsync)).Single!.Value.ShouldBe(2);
        computed.ShouldBe(2);

        // One less: what is gone may have been the best, and shows to nobody any more.
        (await medians.GetAsync(cpu, ComputeAsync)).Single!.Value.ShouldBe(3);
    }

    private static Medians MediansOf(double value) => new(new ScoreMedian(value, new MedianRange(7, value - 1, value + 1, 0.95)), null);
}
