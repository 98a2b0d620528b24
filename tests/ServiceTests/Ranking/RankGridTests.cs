using PcBench.Backend.Ranking;

namespace PcBench.ServiceTests.Ranking;

public sealed class RankGridTests
{
    private const double Lowest = 1.0 / 256;
    private const double Highest = 16_777_216;

    [Fact]
    public void A_cell_holds_what_is_counted_in_it()
    {
        var chance = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var value = Lowest * Math.Pow(2, 0.01 + chance.NextDouble() * 31.98);
            BeginOf(RankGrid.Floor(value)).ShouldBeLessThanOrEqualTo(value);
            BeginOf(RankGrid.Floor(value) + 1).ShouldBeGreaterThan(value);
            BeginOf(RankGrid.Ceiling(value)).ShouldBeGreaterThanOrEqualTo(value);
            BeginOf(RankGrid.Ceiling(value) - 1).ShouldBeLessThan(value);
        }
    }

    [Fact]
    public void A_value_on_the_border_of_a_cell_is_in_that_one_from_both_sides()
    {
        foreach (var cell in new[] { 0, 1, 1_023, 1_024, 8 * 1_024, RankGrid.Size - 1 })
            (RankGrid.Floor(BeginOf(cell)), RankGrid.Ceiling(BeginOf(cell))).ShouldBe((cell, cell));
    }

    [Fact]
    public void Cells_are_in_the_order_of_their_values_and_narrower_than_a_thousandth()
    {
        for (var cell = 0; cell < RankGrid.Size - 1; cell++)
            (BeginOf(cell + 1) / BeginOf(cell)).ShouldBeInRange(1.0004, 1.001);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(1e-9, 0)]
    [InlineData(Highest, RankGrid.Size - 1)]
    [InlineData(1e300, RankGrid.Size - 1)]
    [InlineData(double.MaxValue, RankGrid.Size - 1)]
    [InlineData(double.PositiveInfinity, RankGrid.Size - 1)]
    public void What_lies_beyond_is_in_the_outermost_cell(double value, int cell) =>
        (RankGrid.Floor(value), RankGrid.Ceiling(value)).ShouldBe((cell, cell));

    /// <summary>The lower end of a cell: written anew, without the bits of a double.</summary>
    private static double BeginOf(int cell) => Lowest * Math.Pow(2, Math.Floor(cell / 1_024.0)) * (1 + (cell & 1_023) / 1_024.0);
}
