using PcBench.Cli.Machine.Cpu;

namespace PcBench.UnitTests.Machine;

public class ClockProbeTests
{
    [Theory]
    [InlineData(3.695e9, 1.232e9, 3696)]
    [InlineData(3.55e9, 1.21e9, 3630)]
    [InlineData(2.5e9, 1.25e9, 2500)]
    [InlineData(1.8e9, 0.36e9, 1800)]
    public void Chains_that_agree_on_a_whole_number_of_cycles_give_the_clock(double adds, double multiplies, double mhz) =>
        ClockProbe.FromRates(adds, multiplies).ShouldBe(mhz);

    [Theory]
    [InlineData(29e9, 1.2e9)]
    [InlineData(3.077e9, 1.232e9)]
    [InlineData(1e9, 1e9)]
    [InlineData(0.9e9, 0.3e8)]
    [InlineData(30e9, 10e9)]
    [InlineData(0, 0)]
    [InlineData(1e9, 0)]
    public void A_chain_that_was_folded_or_disturbed_gives_none(double adds, double multiplies) =>
        ClockProbe.FromRates(adds, multiplies).ShouldBeNull();

    [Fact]
    public void What_is_measured_here_is_possible()
    {
        var mhz = ClockProbe.MeasureMhz();
        if (mhz is not null)
            mhz.Value.ShouldBeInRange(500, 7_000);
    }
}
