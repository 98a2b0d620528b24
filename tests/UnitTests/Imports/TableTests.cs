using System.Text;
using PcBench.Contracts.Api;
using PcBench.Imports;
using PcBench.Imports.Tables;

namespace PcBench.UnitTests.Imports;

public sealed class TableTests
{
    private static readonly ColumnMap Map = ColumnMap.Parse("cpuModel=cpu,cores=cores,threads=threads,geekbench6.single=single,geekbench6.multi=multi");

    [Fact]
    public async Task Good_rows_are_kept_and_bad_ones_refused_with_their_line_and_column()
    {
        var items = await ReadAsync("""
            cpu,cores,threads,single,multi,other
            Intel Xeon 8124M,2,4,1133,2509,x
            "AMD EPYC 7763, 64-Core",64,128,1500.5,,
            ,2,4,1133,2509,x
            A,2,four,1133,2509,x
            B,2,4,NaN,2509,x
            C,2,4,0,2509,x
            D,4,2,1133,2509,x
            E,2,4,1133
            F,2,4,,,
            "G ""x"" H",2,4,1e3,2509,x
            """);

        items.Where(item => item.Result is not null).Select(item => item.Result!.Hardware.CpuModel).ShouldBe(["Intel Xeon 8124M", "AMD EPYC 7763, 64-Core", "G x H"]);
        items.SelectMany(item => item.Errors).Select(error => error.Field)
            .ShouldBe(["line 4, cpu", "line 5, threads", "line 6, single", "line 7, single", "line 8, threads", "line 9"]);
        items.SelectMany(item => item.Notes).ShouldHaveSingleItem().ShouldStartWith("line 10");
    }

    [Theory]
    [InlineData("", "no header")]
    [InlineData("a,b\n1,2", "no column 'cpu'")]
    [InlineData("cpu,cpu,single\nA,B,3", "twice")]
    [InlineData("cpu,note\nA,3", "None of its columns is a figure")]
    [InlineData("cpu;single\nA;1000,5", "semicolons")]
    [InlineData("cpu\tsingle\nA\t1000", "tabs")]
    public async Task A_table_that_does_not_fit_its_map_is_refused(string text, string problem) =>
        (await ReadAsync(text)).ShouldHaveSingleItem().Errors.ShouldHaveSingleItem().Problem.ShouldContain(problem);

    [Fact]
    public async Task A_quote_that_is_not_closed_costs_what_follows_and_nothing_before()
    {
        var items = await ReadAsync($"cpu,single\nA,1\n\"B,2\n{string.Concat(Enumerable.Repeat("C,3\n", 100_000))}");

        items.Where(item => item.Result is not null).ShouldHaveSingleItem().Result!.Hardware.CpuModel.ShouldBe("A");
        items[^1].Errors.ShouldHaveSingleItem().Problem.ShouldContain("quote");
    }

    [Fact]
    public async Task A_quote_within_a_cell_costs_the_rows_that_it_joins()
    {
        var items = await ReadAsync("cpu,single\nA,1\nB\"x\"y,2\n\"C,3\n\"D,4\nE,5\n");

        items.Where(item => item.Result is not null).Select(item => item.Result!.Hardware.CpuModel).ShouldBe(["A", "E"]);
        items.SelectMany(item => item.Errors).ShouldAllBe(error => error.Problem.Contains("quote"));
    }

    [Fact]
    public async Task A_number_out_of_range_is_told_with_its_unit()
    {
        var items = await Importing.ReadAsync("cpu,single,clock,memory clock\nA,1,2.6,2400000\n", ImportFormat.Csv, ColumnMap.Parse("cpuModel=cpu,geekbench6.single=single,reportedMhz=clock,memoryMts=memory clock"));

        items[^1].Errors.Select(error => error.Problem).ShouldBe(["It must be 100 to 10000 MHz.", "It must be 100 to 20000 MT/s."]);
    }

    [Fact]
    public async Task A_row_that_never_ends_is_refused() =>
        (await ReadAsync($"cpu,single\nA,1{new string(',', 3_000_000)}"))[^1].Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task Bytes_that_are_no_text_cost_their_row_alone()
    {
        var items = await Importing.ReadAsync([.. "cpu,single\nA"u8, 0xE9, .. ",1\nB,2\n"u8], ImportFormat.Csv, Map);

        items[^2].Errors.ShouldHaveSingleItem().Problem.ShouldContain("UTF-8");
        items[^1].Result!.Hardware.CpuModel.ShouldBe("B");
    }

    [Fact]
    public async Task A_score_that_its_workloads_do_not_make_is_refused()
    {
        const string Header = "cpu_model_name,geekbench_single,geekbench_single_file_compression,geekbench_single_navigation,geekbench_single_html5_browser,geekbench_single_pdf_renderer,geekbench_single_photo_library,geekbench_single_clang,geekbench_single_text_processing,geekbench_single_asset_compression,geekbench_single_object_detection,geekbench_single_background_blur,geekbench_single_horizon_detection,geekbench_single_object_remover,geekbench_single_hdr,geekbench_single_photo_filter,geekbench_single_ray_tracer,geekbench_single_structure_from_motion";
        const string Rest = "1168,1282,1175,901,1444,1203,1352,483,1584,1624,922,1186,1273,1098,1237";

        var items = await Importing.ReadAsync($"{Header}\nhonest,1133,1048,{Rest}\nedited,1133,2096,{Rest}", ImportFormat.Csv, ColumnMap.Parse("machines"));

        items.Single(item => item.Result is not null).Result!.Hardware.CpuModel.ShouldBe("honest");
        items[^1].Errors.ShouldHaveSingleItem().Field.ShouldBe("line 3, geekbench_single");
    }

    [Fact]
    public async Task A_hundred_thousand_rows_take_no_more_memory_than_a_few()
    {
        var source = new EndlessRows(100_000);
        long rows = 0, most = 0;
        await foreach (var item in ImportReader.ReadAsync(source, ImportFormat.Csv, Map, TestContext.Current.CancellationToken))
        {
            item.Errors.ShouldBeEmpty();
            if (++rows % 20_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - source.Before);
        }

        rows.ShouldBe(100_000);
        most.ShouldBeLessThan(32 * 1_024 * 1_024);
    }

    [Theory]
    [InlineData("nothing", "is no pair")]
    [InlineData("cpuModel=a,speed=b", "'speed' is neither")]
    [InlineData("threads=a,geekbench6.single=b", "cpuModel")]
    [InlineData("{\"name\":\"x\"}", "program")]
    [InlineData("{\"name\":\"x\",\"program\":\"p\",\"hardware\":{\"cpuModel\":null},\"knownMetrics\":true}", "cpuModel no column")]
    [InlineData("{\"name\":\"x\",\"program\":\"p\",\"hardware\":{\"cpuModel\":\"c\"},\"metrics\":[null]}", "no column or no name")]
    [InlineData("{\"name\":\"x\",\"program\":\"p\",\"hardware\":{\"cpuModel\":\"c\"},\"colour\":1}", "colour")]
    [InlineData("{\"name\":\"x\",\"program\":\"p\",\"hardware\":{\"cpuModel\":\"c\"}}", "no figure")]
    public void A_map_that_cannot_be_read_says_why(string text, string problem) =>
        Should.Throw<FormatException>(() => ColumnMap.Parse(text)).Message.ShouldContain(problem);

    [Fact]
    public void The_built_in_maps_are_whole()
    {
        foreach (var name in ColumnMap.BuiltIn)
            ColumnMap.Parse(name).Hardware.Keys.ShouldContain("cpuModel");
    }

    private static Task<List<ImportItem>> ReadAsync(string text) => Importing.ReadAsync(text, ImportFormat.Csv, Map);

    /// <summary>A table that is made while it is read.</summary>
    private sealed class EndlessRows(int rows) : MemoryStream
    {
        private byte[] rest = Encoding.UTF8.GetBytes("cpu,cores,threads,single,multi\n");
        private int row;

        public long Before { get; } = GC.GetTotalMemory(forceFullCollection: true);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (rest.Length == 0 && row < rows)
                rest = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(row, Math.Min(100, rows - (row += 100) + 100)).Select(i => $"CPU {i},4,8,{1_000 + i},{4_000 + i}\n")));
            var count = Math.Min(buffer.Length, rest.Length);
            rest.AsSpan(0, count).CopyTo(buffer.Span);
            rest = rest[count..];
            return ValueTask.FromResult(count);
        }
    }
}
