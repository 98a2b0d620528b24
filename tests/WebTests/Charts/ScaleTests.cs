using PcBench.Web.Charts;

namespace PcBench.WebTests.Charts;

public sealed class ScaleTests
{
    [Fact]
    public void A_scale_from_zero_ends_at_a_round_number_over_the_largest_value()
    {
        var scale = Scale.FromZero([812, 1630]);

        scale.From.ShouldBe(0);
        scale.To.ShouldBe(2000);
        scale.Ticks(4).ShouldBe([0, 500, 1000, 1500, 2000]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 25)]
    [InlineData(200, 100)]
    [InlineData(-10, 0)]
    [InlineData(900, 100)]
    public void Values_are_placed_in_proportion_and_never_outside(double value, double place) =>
        new Scale(0, 200).At(value).ShouldBe(place);

    [Fact]
    public void Equal_ratios_are_equally_far_from_one()
    {
        var scale = Scale.Ratios([0.5, 1.3]);

        scale.At(1).ShouldBe(50, 1e-9);
        (scale.At(2) - 50).ShouldBe(50 - scale.At(0.5), 1e-9);
        scale.Ticks(4).ShouldContain(1);
    }

    [Fact]
    public void Nothing_to_draw_still_gives_a_scale()
    {
        Scale.FromZero([]).ShouldBe(new Scale(0, 1));
        Scale.Around([7, 7]).At(7).ShouldBe(50, 1e-9);
        double.IsFinite(Scale.Ratios([]).At(1)).ShouldBeTrue();
    }

    [Fact]
    public void Coordinates_have_a_point_whatever_the_language() =>
        new Scale(0, 3).X(1).ShouldBe("33.33%");
}
