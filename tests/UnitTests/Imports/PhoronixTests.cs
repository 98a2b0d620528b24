using System.Text;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Imports;

public sealed class PhoronixTests
{
    private static readonly string Sample = Importing.Sample("composite.xml");

    [Fact]
    public async Task Figures_keep_the_name_of_their_test_and_its_comparable_version()
    {
        var items = await ReadAsync(Sample);

        var first = items[0].Result!;
        first.Figure("phoronix.pts/compress-zstd-1.6/compression-level-3-long-mode-compression-speed").ShouldBe(111.7);
        first.Metrics.Single(metric => metric.Name.Contains("c-ray", StringComparison.Ordinal)).Better.ShouldBe(Better.Lower);
        first.Program.ShouldBe("Phoronix Test Suite v10.8.4");
        var machine = first.Hardware;
        (machine.CpuModel, machine.Sockets, machine.Cores, machine.Threads).ShouldBe(("Intel Xeon E5-2620 v2", 2, 12, 24));
        (machine.MemoryMib, machine.Architecture).ShouldBe((32 * 1024, "x86_64"));
    }

    [Fact]
    public async Task A_second_figure_of_one_test_is_a_second_result()
    {
        var items = await ReadAsync(Sample);

        items.Count.ShouldBe(2);
        items[1].Result!.Metrics.ShouldHaveSingleItem().Value.ShouldBe(112.9);
    }

    [Fact]
    public async Task Installation_failures_and_lines_are_no_figures()
    {
        var first = (await ReadAsync(Sample))[0];

        first.Result!.Metrics.Count.ShouldBe(2);
        first.Skipped.ShouldBe(3);
        first.Notes.ShouldHaveSingleItem().ShouldContain("1 tests failed");
    }

    [Fact]
    public async Task A_file_in_which_everything_failed_is_read_and_has_nothing()
    {
        var item = (await ReadAsync("<PhoronixTestSuite><Result><Identifier>pts/fio-2.1.0</Identifier><Scale/><Proportion/><Data><Entry><Value/><JSON>{\"error\":\"x\"}</JSON></Entry></Data></Result></PhoronixTestSuite>")).ShouldHaveSingleItem();

        item.Errors.ShouldBeEmpty();
        item.Result.ShouldBeNull();
        item.Notes.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("<Value>111.7</Value>", "<Value>fast</Value>", "line 31")]
    [InlineData("<Value>111.7</Value>", "<Value>NaN</Value>", "line 31")]
    [InlineData("<Value>111.7</Value>", "<Value>1e400</Value>", "line 31")]
    [InlineData("<Value>111.7</Value>", "<Value>&big;</Value>", "line 31")]
    [InlineData("</PhoronixTestSuite>", "", "line")]
    [InlineData("PhoronixTestSuite>", "Other>", "line 1")]
    public async Task What_is_damaged_is_refused_with_its_line(string from, string to, string place)
    {
        var item = (await ReadAsync(Sample.Replace(from, to, StringComparison.Ordinal))).ShouldHaveSingleItem();

        item.Result.ShouldBeNull();
        item.Errors[0].Field.ShouldStartWith(place);
    }

    [Fact]
    public async Task A_document_type_is_refused_whatever_it_would_do()
    {
        var laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 12; i++)
            laughs.Append($"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">");
        var outside = "<!DOCTYPE r [<!ENTITY file SYSTEM \"file:///etc/passwd\">]><PhoronixTestSuite>&file;</PhoronixTestSuite>";

        (await ReadAsync($"{laughs}]><PhoronixTestSuite>&l11;</PhoronixTestSuite>")).ShouldHaveSingleItem().Errors[0].Problem.ShouldContain("document type");
        (await ReadAsync(outside)).ShouldHaveSingleItem().Errors[0].Problem.ShouldContain("document type");
    }

    [Fact]
    public async Task Deep_nests_are_refused() =>
        (await ReadAsync(string.Concat(Enumerable.Repeat("<a>", 50_000)))).ShouldHaveSingleItem().Errors[0].Problem.ShouldContain("nested");

    [Fact]
    public async Task The_users_name_is_not_read() =>
        (await ReadAsync(Sample)).ShouldAllBe(item => !Encoding.UTF8.GetString(PcBench.Imports.JsonLinesReader.LineOf(item.Result!)).Contains("somebody", StringComparison.Ordinal));

    private static Task<List<PcBench.Imports.ImportItem>> ReadAsync(string text) => Importing.ReadAsync(text, ImportFormat.Phoronix);
}
