using System.Text.Json;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Linux;
using PcBench.Contracts.Results;
using Spectre.Console;

namespace PcBench.UnitTests.Machine;

public class MachineDetectorTests
{
    [Fact]
    public void This_machine_is_described_without_anything_that_names_it_or_its_user()
    {
        var machine = MachineDetector.Detect();
        var json = Json(machine);

        // A user who is called as the system is ("debian") is not given away by it.
        foreach (var secret in SecretsOfThisMachine().Where(secret => !machine.Os.Name.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            json.ShouldNotContain(secret, Case.Insensitive);
    }

    [Fact]
    public void This_machine_has_at_least_the_processors_that_this_process_may_use()
    {
        var machine = MachineDetector.Detect();

        machine.Cpu.Threads.ShouldBeGreaterThanOrEqualTo(Environment.ProcessorCount);
        machine.Cpu.Cores.ShouldBeInRange(machine.Cpu.Sockets, machine.Cpu.Threads);
        machine.Memory.TotalMib.ShouldBeGreaterThan(63);
        machine.Cpu.InstructionSets.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("intel-hybrid")]
    [InlineData("cortex-biglittle")]
    public void Serial_numbers_that_lie_beside_what_is_read_stay_where_they_are(string capture)
    {
        var files = CapturedFiles.Load(capture);
        Json(LinuxMachine.Read(files, cpuid: null, ["/tmp/"])).ShouldNotContain("SECRET");
    }

    [Fact]
    public void The_table_for_people_shows_every_part_and_no_empty_line()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Load("intel-hybrid"), CapturedCpuId.Load("intel-hybrid"), ["/tmp/"]);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;

        console.Write(MachineTable.Create(machine, new EnvironmentInfo { Governor = "[powersave]", LoadAverage = 0.25 }));

        var shown = text.ToString();
        shown.ShouldContain("12th Gen Intel(R) Core(TM) i5-12600K");
        shown.ShouldContain("2 performance + 4 efficiency");
        shown.ShouldContain("16 GiB DDR4 3200 MT/s Kingston KF3600C18D4/16GX");
        shown.ShouldContain("NVIDIA GeForce RTX 4090, nvidia 550.54.15");
        shown.ShouldContain("ASUSTeK COMPUTER INC. PRIME B660M-A D4");
        shown.ShouldContain("[powersave]");
        shown.ShouldNotContain("hypervisor");
    }

    private static string Json(MachineInfo machine) =>
        JsonSerializer.Serialize(new MachineReport(machine, new EnvironmentInfo()), MachineJson.Default.MachineReport);

    private static IEnumerable<string> SecretsOfThisMachine()
    {
        var files = new SystemFiles();
        string[] firmware = ["board_serial", "product_serial", "chassis_serial", "product_uuid", "chassis_asset_tag", "board_asset_tag"];
        string?[] secrets =
        [
            Environment.MachineName,
            Environment.UserName,
            Environment.UserDomainName,
            files.Value("/etc/machine-id"),
            .. firmware.Select(name => files.Value($"/sys/class/dmi/id/{name}")),
            .. files.Entries("/sys/class/net").Select(name => files.Value($"/sys/class/net/{name}/address")),
            .. files.Entries("/sys/block").Select(name => files.Value($"/sys/block/{name}/serial")),
            .. files.Entries("/sys/block").Select(name => files.Value($"/sys/block/{name}/device/serial")),
        ];
        // "vm" or "root" may be part of an honest word, and placeholders name nobody.
        return secrets.OfType<string>().Where(secret => secret.Length >= 5 && FirmwareText.Name(secret) is not null).Distinct();
    }
}
