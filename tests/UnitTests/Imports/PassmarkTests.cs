using System.Text;
using PcBench.Contracts.Api;

namespace PcBench.UnitTests.Imports;

public sealed class PassmarkTests
{
    private static readonly string Sample = Importing.Sample("passmark-c5.large.yaml");

    [Fact]
    public async Task A_result_brings_its_marks_tests_and_machine()
    {
        var result = (await ReadAsync(Sample)).ShouldHaveSingleItem().Result!;

        result.Figure("passmark11.cpu-mark").ShouldBe(2328.5669485291023);
        result.Figure("passmark11.memory.latency").ShouldBe(52.929729621918106);
        result.Metrics.Count.ShouldBe(18);
        result.Program.ShouldBe("PassMark PerformanceTest 11.0 build 1002");
        result.MeasuredAt.ShouldBe(new DateTimeOffset(2024, 11, 14, 23, 59, 21, TimeSpan.Zero));
        var machine = result.Hardware;
        (machine.CpuModel, machine.Cores, machine.Threads, machine.Architecture).ShouldBe(("Intel Xeon Platinum 8275CL CPU @ 3.00GHz", 1, 2, "x86_64"));
        (machine.ReportedMhz, machine.MemoryMib, machine.MemoryType).ShouldBe((null, 3794d, "DDR4"));
    }

    [Fact]
    public async Task A_test_that_failed_is_left_out_with_the_mark_it_is_part_of()
    {
        var item = (await ReadAsync(Sample.Replace("CPU_PRIME: 14.206236085524676", "CPU_PRIME: 0", StringComparison.Ordinal))).ShouldHaveSingleItem();

        item.Skipped.ShouldBe(2);
        item.Notes.ShouldHaveSingleItem().ShouldContain("CPU_PRIME");
        item.Result!.Metrics.Select(metric => metric.Name).ShouldNotContain("passmark11.cpu-mark");
        item.Result.Figure("passmark11.memory-mark").ShouldBe(1011.3215099983581);
    }

    [Theory]
    [InlineData("SUMM_CPU: 2328", "SUMM_CPU: 9328", "passmark11.cpu-mark")]
    [InlineData("CPU_SORTING: 3471", "CPU_SORTING: 9471", "passmark11.cpu-mark")]
    [InlineData("CPU_SORTING: 3471.5080215617913", "CPU_SORTING: .nan", "line 16")]
    [InlineData("CPU_SORTING: 3471.5080215617913", "CPU_SORTING: 1e999", "line 16")]
    [InlineData("CPU_SORTING: 3471.5080215617913", "CPU_SORTING: -5", "line 16")]
    [InlineData("  CPU_SORTING: 3471.5080215617913\n", "", "CPU_SORTING")]
    [InlineData("Results Complete: true", "Results Complete: false", "line 11")]
    [InlineData("Major: 11", "Major: 10", "line 5")]
    [InlineData("NumTestProcesses: 2", "CPU_PRIME: 3", "line 15")] // a member twice
    [InlineData("NumCores: 1", "NumCores: 5", "threads")]
    [InlineData("Version:", "Version: &v", "line 4")]
    [InlineData("SpecialBuildName: \"\"", "SpecialBuildName: !!python/object:os.system \"\"", "line 8")]
    [InlineData("Checksum:", "...\n---\nChecksum:", "line")]
    public async Task What_does_not_fit_is_refused_with_its_line(string from, string to, string place)
    {
        Sample.ShouldContain(from);

        var item = (await ReadAsync(Sample.Replace(from, to, StringComparison.Ordinal))).ShouldHaveSingleItem();

        item.Result.ShouldBeNull();
        item.Errors[0].Field.ShouldStartWith(place);
    }

    [Fact]
    public async Task A_small_file_does_not_become_a_large_one()
    {
        var bomb = new StringBuilder("BaselineInfo: {}\na0: &a0 {x: y}\n");
        for (var i = 1; i < 12; i++)
            bomb.AppendLine($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");

        (await ReadAsync(bomb.ToString())).ShouldHaveSingleItem().Errors[0].Problem.ShouldContain("Anchors");
        (await ReadAsync(new string('[', 100_000))).ShouldHaveSingleItem().Errors.ShouldNotBeEmpty();
        (await ReadAsync(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{new string(' ', Math.Min(i, 400))}k{i}:\n")))).ShouldHaveSingleItem().Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_cut_before_its_figures_end_is_refused()
    {
        var end = Sample.IndexOf("SystemInformation", StringComparison.Ordinal);
        for (var length = 0; length < end; length += 41)
            (await ReadAsync(Sample[..length])).ShouldHaveSingleItem().Result.ShouldBeNull($"cut at {length}");
    }

    private static Task<List<PcBench.Imports.ImportItem>> ReadAsync(string text) => Importing.ReadAsync(text, ImportFormat.Passmark);
}
