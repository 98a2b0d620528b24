using PcBench.Contracts.Api;

namespace PcBench.UnitTests.Imports;

public sealed class GeekbenchTests
{
    [Fact]
    public async Task A_document_brings_scores_workloads_and_the_machine()
    {
        var result = (await ReadAsync(Importing.Geekbench())).ShouldHaveSingleItem().Result!;

        result.Figure("geekbench6.single").ShouldBe(Importing.Score(1));
        result.Figure("geekbench6.multi.file-compression").ShouldBe(4 * 1136);
        result.Metrics.Count.ShouldBe(34);
        result.Program.ShouldBe("Geekbench 6.3.0 Pro");
        result.MeasuredAt.ShouldBe(new DateTimeOffset(2024, 6, 5, 22, 4, 39, TimeSpan.Zero));
        var machine = result.Hardware;
        (machine.CpuModel, machine.Sockets, machine.Cores, machine.Threads).ShouldBe(("Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", 2, 48, 96));
        (machine.CpuidFamily, machine.CpuidModel, machine.CpuidStepping).ShouldBe((6, 85, 7));
        (machine.L2Kib, machine.L3Kib, machine.MemoryMib).ShouldBe((48 * 1024, 73_216, 386_563));
    }

    [Fact]
    public async Task What_names_the_machine_or_its_user_is_not_read()
    {
        var result = (await ReadAsync(Importing.Geekbench())).ShouldHaveSingleItem().Result!;

        System.Text.Encoding.UTF8.GetString(PcBench.Imports.JsonLinesReader.LineOf(result)).ShouldNotContain("4c4c4544");
    }

    [Theory]
    [InlineData("\"score\": 1136", "\"score\": 1186", "sections[0].workloads[0].score")] // a workload whose rate makes another score
    [InlineData("\"name\": \"Single-Core\", \"score\": 12", "\"name\": \"Single-Core\", \"score\": 13", "sections[0].score")]
    [InlineData("\"score\": 1354", "\"score\": -1", "sections[0].workloads[1].score")]
    [InlineData("\"score\": 1354", "\"score\": 1e999", "sections[0].workloads[1].score")]
    [InlineData("[2, 3, 2.25, 2.75]", "[2, 3, 2.25, 9]", "sections[0].workloads[0].runtime")]
    [InlineData("\"complete_benchmark\": 1", "\"complete_benchmark\": 0", "complete_benchmark")]
    [InlineData("\"name\": \"Navigation\"", "\"name\": \"Navigator\"", "sections[0].workloads")]
    [InlineData("Geekbench 6.3.0 Pro", "Geekbench 5.4.1", "version")]
    [InlineData("\"score\": 1354", "\"score\": 1354, \"score\": 1354", "line")] // a member twice
    [InlineData("\"score\": 1354", "\"score\": NaN", "line")]
    [InlineData("\"ivalue\": 96", "\"ivalue\": 12", "threads")]
    public async Task What_does_not_fit_is_refused_with_its_place(string from, string to, string place)
    {
        var document = Importing.Geekbench();
        var changed = document.Remove(document.IndexOf(from, StringComparison.Ordinal), from.Length).Insert(document.IndexOf(from, StringComparison.Ordinal), to);

        var item = (await ReadAsync(changed)).ShouldHaveSingleItem();

        item.Result.ShouldBeNull();
        item.Errors[0].Field.ShouldStartWith(place);
        item.Errors[0].Fix.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("Warning: Geekbench may crash on systems with less than 1GB\n{}")]
    [InlineData("curl: (6) Could not resolve host")]
    public async Task What_is_no_document_is_refused(string text) => (await ReadAsync(text)).ShouldHaveSingleItem().Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task A_document_that_is_cut_anywhere_is_refused()
    {
        var document = Importing.Geekbench();
        for (var length = 0; length < document.Length - 1; length += 97)
            (await ReadAsync(document[..length])).ShouldHaveSingleItem().Result.ShouldBeNull($"cut at {length}");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_deep_nests_are_refused()
    {
        (await Importing.ReadAsync([(byte)'{', 0xFF, 0xFE, 0x00], ImportFormat.Geekbench6)).ShouldHaveSingleItem().Errors[0].Problem.ShouldContain("UTF-8");
        (await ReadAsync($"{{\"version\":{new string('[', 100_000)}")).ShouldHaveSingleItem().Errors.ShouldNotBeEmpty();
    }

    private static Task<List<PcBench.Imports.ImportItem>> ReadAsync(string text) => Importing.ReadAsync(text, ImportFormat.Geekbench6);
}
