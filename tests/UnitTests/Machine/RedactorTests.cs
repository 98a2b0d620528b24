using System.Text.Json;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Linux;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

/// <summary>Names and numbers of a machine, planted where the detector does read.</summary>
public class RedactorTests
{
    private static readonly string[] Names = ["build-host-17", "alice.smith", "bob"];
    private static readonly string[] Numbers = ["S4EVNX0R123456", "PF2ABCDE"];

    private static readonly string[] Planted =
    [
        .. Names, .. Numbers, "BUILD-HOST-17", "Alice.Smith", "s4evnx0r123456", "4c4c4544-0042-3510-8051-b4c04f4a3132", "4c4c4544004235108051b4c04f4a3132", "3C:EC:EF:12:34:56",
        "3c-ec-ef-12-34-56", "3cec.ef12.3456", "fe80::3eec:efff:fe12:3456", "wwn-0x5000c500a1b2c3d4", "eui.0025385b91b0a6c0", "S-1-5-21-3623811015-3361044348-30300820-1013",
        "carol@lcy02-amd64-099", "/home/carol",
    ];

    /// <summary>Files of one value that the detector reads into a text.</summary>
    private static readonly string[] Fields =
    [
        "/sys/class/dmi/id/board_name", "/sys/class/dmi/id/board_vendor", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
        "/sys/class/dmi/id/bios_version", "/sys/block/nvme0n1/device/model", "/proc/sys/kernel/osrelease",
    ];

    [Fact]
    public void Whatever_field_they_stand_in_they_are_in_no_description()
    {
        var capture = CapturedFiles.Load("intel-hybrid");
        foreach (var secret in Planted)
        {
            foreach (var text in new[] { secret, $"Model X {secret}", $"6.1.0-{secret}", $"{secret} (rev 2)", $"A_{secret}_2" })
            {
                var files = capture.Copy();
                foreach (var field in Fields)
                    files.With(field, text + "\n");
                files.With("/run/udev/data/+dmi:id", $"E:MEMORY_DEVICE_0_SIZE=17179869184\nE:MEMORY_DEVICE_0_PART_NUMBER={text}\nE:MEMORY_DEVICE_0_MANUFACTURER={text}\n");
                files.With("/proc/driver/nvidia/gpus/0000:01:00.0/information", $"Model: \t {text}\n");

                var read = LinuxMachine.Read(files, cpuid: null, ["/tmp/"]);
                var clean = new Redactor(Names, Numbers).Clean(read);

                Json(read).ShouldContain(secret, customMessage: "the detector does not read what this test plants");
                Json(clean).ShouldNotContain(secret, Case.Insensitive);
            }
        }
    }

    [Fact]
    public void Honest_names_stay_as_they_are()
    {
        foreach (var name in new[] { "intel-hybrid", "neoverse-n1", "cortex-biglittle", "epyc-kvm" })
        {
            var machine = LinuxMachine.Read(CapturedFiles.Load(name), cpuid: null, ["/tmp/"]);
            Json(new Redactor([.. Names, "amd", "root", "None", "", null], Numbers).Clean(machine)).ShouldBe(Json(machine));
        }
    }

    [Theory]
    [InlineData("WDC WD10EZEX-08WN4A0", "WDC WD10EZEX-08WN4A0")]
    [InlineData("Model X build-host-170", "Model X build-host-170")]
    [InlineData("6.1.0-build-host-17", "6.1.0")]
    [InlineData("6.1.0-build-host-17custom", "6.1.0- custom")]
    [InlineData("6.1.0-bob2", "6.1.0- 2")]
    [InlineData("Bobcat", "Bobcat")]
    [InlineData("build-host-17", null)]
    public void Of_a_name_only_the_whole_word_goes(string text, string? clean) => new Redactor(Names, Numbers).Text(text).ShouldBe(clean);

    [Fact]
    public void A_serial_number_goes_wherever_it_stands() => new Redactor(Names, Numbers).Text("Samsung SSD 980XS4EVNX0R123456Y").ShouldBe("Samsung SSD 980X Y");

    [Fact]
    public void A_name_in_letters_that_a_document_cannot_have_goes_as_it_stands_there() =>
        new Redactor(["josé-pc"], []).Text(HardwareText.Clean("6.1.0-josé-pc")).ShouldBe("6.1.0");

    /// <summary>Serial numbers of disks, modules, boards and network cards, where systems keep them.</summary>
    [Fact]
    public void What_the_system_says_of_itself_is_looked_for()
    {
        var files = CapturedFiles.Parse("""
            /proc/sys/kernel/hostname	db7.corp.example
            /proc/cpuinfo	processor	: 0
            /proc/cpuinfo	Serial		: 10000000a1b2c3d4
            /sys/class/dmi/id/product_serial	PF2ABCDE
            /sys/class/net/eth0/address	3c:ec:ef:12:34:56
            /sys/class/net/lo/address	00:00:00:00:00:00
            /sys/block/sda/dev	8:0
            /run/udev/data/b8:0	E:ID_SERIAL=WDC_WD40EFRX-68N32N0_WD-WCC7K1234567
            /run/udev/data/b8:0	E:ID_SERIAL_SHORT=WD-WCC7K1234567
            /sys/block/mmcblk0/device/serial	0x1a2b3c4d
            /run/udev/data/+dmi:id	E:MEMORY_DEVICE_0_SERIAL_NUMBER=89ABCDEF
            """);
        byte[] module = [17, 0x1B, 0, 0, .. new byte[0x14], 1, 0, 0, .. "7654321F"u8, 0, 0];
        var redactor = new Redactor(MachineSecrets.Names(files), MachineSecrets.Numbers(files, module));

        foreach (var secret in new[] { "db7.corp.example", "corp.example", "10000000a1b2c3d4", "PF2ABCDE", "3cecef123456", "WD-WCC7K1234567", "0x1a2b3c4d", "89ABCDEF", "7654321F" })
            redactor.Text($"X {secret}").ShouldBe("X");
        redactor.Text("WDC WD40EFRX-68N32N0").ShouldBe("WDC WD40EFRX-68N32N0");
        redactor.Text("000000000000").ShouldBe("000000000000");
    }

    [Fact]
    public void A_cloud_that_tags_a_machine_with_its_own_name_keeps_it()
    {
        var files = CapturedFiles.Load("neoverse-n1").With("/sys/class/dmi/id/chassis_asset_tag", "Amazon EC2\n").With("/sys/class/dmi/id/board_asset_tag", "i-0123456789abcdef0\n");

        var clean = new Redactor([], MachineSecrets.Numbers(files, null)).Clean(LinuxMachine.Read(files, cpuid: null, ["/tmp/"]));

        clean.Board!.Vendor.ShouldBe("Amazon EC2");
    }

    private static string Json(MachineInfo machine) =>
        JsonSerializer.Serialize(new MachineReport(machine, new EnvironmentInfo()), MachineJson.Default.MachineReport);
}
