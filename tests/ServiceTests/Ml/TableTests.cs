using PcBench.Ml.Tables;

namespace PcBench.ServiceTests.Ml;

/// <summary>Tables as people and attackers hand them in.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("", "line 1: It is empty")]
    [InlineData("a,a\n1,2\n", "line 1, column 'a': The column is there twice")]
    [InlineData("a,b\n1,2,3\n", "line 2: It has 3 cells, the header has 2")]
    [InlineData("a,b\n1,2\n\"x,2\n", "line 3: A quote is opened and never closed")]
    public void A_broken_table_is_refused_with_its_place(string text, string problem) =>
        Should.Throw<TableException>(() => Table.Parse("t.csv", text)).Message.ShouldContain(problem);

    [Fact]
    public void A_cell_that_is_no_number_is_named_with_file_line_and_column()
    {
        var table = Table.Parse("t.csv", "cpu_model_name,cores\nA,4\nB,many\n");

        Should.Throw<TableException>(() => Machines.Of(table).ToList()).Message.ShouldBe("t.csv, line 3, column 'cores': 'many' is not a number.");
    }

    [Fact]
    public void Quotes_empty_cells_and_line_ends_of_either_kind_are_read()
    {
        var table = Table.Parse("t.csv", "\uFEFFcpu_model_name,cores,geekbench_single\r\n\"Intel Core Processor (Haswell, \"\"no TSX\"\")\",,1000\r\n");

        var machine = Machines.Of(table).Single();

        (machine.Hardware.CpuModel, machine.Hardware.Cores, machine.Figure("geekbench6.single")).ShouldBe(("Intel Core Processor (Haswell, \"no TSX\")", null, 1000));
    }

    [Fact]
    public void What_is_no_table_of_machines_is_refused() =>
        Should.Throw<TableException>(() => Machines.Of(Table.Parse("t.csv", "x,y\n1,2\n")).ToList()).Message.ShouldContain("cpu_model_name");
}
