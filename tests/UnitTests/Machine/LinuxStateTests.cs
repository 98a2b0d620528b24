using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Linux;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class LinuxStateTests
{
    [Fact]
    public void A_laptop_on_battery_shows_governor_power_and_its_hottest_processor_sensor()
    {
        var state = new LinuxState(CapturedFiles.Load("intel-hybrid"));

        state.Read().ShouldBe(new EnvironmentInfo { Governor = "powersave", Power = PowerSource.Battery, Microcode = "0x3a" });
        state.TemperatureC().ShouldBe(47);
    }

    [Fact]
    public void A_guest_shows_load_microcode_and_huge_pages_and_leaves_out_the_rest()
    {
        var state = new LinuxState(CapturedFiles.Load("epyc-kvm"));

        state.Read().ShouldBe(new EnvironmentInfo { LoadAverage = 0.57, Microcode = "0x1000065", HugePages = "madvise" });
        state.TemperatureC().ShouldBeNull();
    }

    [Fact]
    public void Where_no_sensor_has_a_name_the_thermal_zone_of_the_processor_is_read() =>
        new LinuxState(CapturedFiles.Load("cortex-biglittle")).TemperatureC().ShouldBe(38.846);

    [Theory]
    [InlineData("Mains", "1", null, PowerSource.Mains)]
    [InlineData("USB", "1", "Charging", PowerSource.Mains)]
    [InlineData("Mains", "1", "Discharging", PowerSource.Battery)]
    [InlineData("Mains", "0", null, null)]
    public void A_battery_that_drains_is_the_source_whatever_is_plugged_in(string type, string online, string? battery, PowerSource? power)
    {
        var files = new CapturedFiles().With("/sys/class/power_supply/A/type", type).With("/sys/class/power_supply/A/online", online);
        if (battery is not null)
            files.With("/sys/class/power_supply/B/type", "Battery").With("/sys/class/power_supply/B/status", battery);
        files.With("/sys/class/power_supply/mouse/type", "Battery").With("/sys/class/power_supply/mouse/status", "Discharging")
            .With("/sys/class/power_supply/mouse/scope", "Device");
        new LinuxState(files).Read().Power.ShouldBe(power);
    }

    [Fact]
    public void Shares_of_processor_time_are_those_between_two_looks()
    {
        var before = ProcStat.Parse("cpu  1000 0 500 8000 100 0 0 10 0 0\ncpu0 1 2 3\n");
        var after = ProcStat.Parse("cpu  1030 0 510 8050 100 0 0 20 0 0\n");

        before.ShouldBe(new CpuTimes(15, 81, 0.1));
        // 0.4 s of 1 s were busy, a quarter of a second by this program.
        after!.Value.OthersPercentSince(before!.Value, own: 0.25).ShouldBe(15);
        after.Value.StealPercentSince(before.Value).ShouldBe(10);
        after.Value.OthersPercentSince(after.Value, own: 0).ShouldBeNull();
        before.Value.StealPercentSince(after.Value).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cpu")]
    [InlineData("cpu 1 2 3 4 5 6 7")]
    [InlineData("cpu 1 2 3 x 5 6 7 8")]
    [InlineData("cpu 1 2 3 -4 5 6 7 8")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8")]
    public void Damaged_processor_times_are_absent(string? text) => ProcStat.Parse(text).ShouldBeNull();
}
