using System.Text.Json;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Linux;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

/// <summary>Names and numbers of a machine, planted where the detector does read.</summary>
public class RedactorTests
{
    private static readonly string[] Secrets = ["build-host-17", "alice.smith", "S4EVNX0R123456", "PF2ABCDE"];
    private static readonly string[] Planted = [.. Secrets, "4c4c4544-0042-3510-8051-b4c04f4a3132", "3C:EC:EF:12:34:56", "3c-ec-ef-12-34-56"];

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
            foreach (var text in new[] { secret, $"Model X {secret}", $"6.1.0-{secret}", $"{secret} (rev 2)" })
            {
                var files = capture.Copy();
                foreach (var field in Fields)
                    files.With(field, text + "\n");
                files.With("/run/udev/data/+dmi:id", $"E:MEMORY_DEVICE_0_SIZE=17179869184\nE:MEMORY_DEVICE_0_PART_NUMBER={text}\nE:MEMORY_DEVICE_0_MANUFACTURER={text}\n");
                files.With("/proc/driver/nvidia/gpus/0000:01:00.0/information", $"Model: \t {text}\n");

                var read = LinuxMachine.Read(files, cpuid: null, ["/tmp/"]);
                var clean = new Redactor(Secrets).Clean(read);

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
            Json(new Redactor([.. Secrets, "amd", "root", "None", "", null]).Clean(machine)).ShouldBe(Json(machine));
        }
    }

    [Theory]
    [InlineData("WDC WD10EZEX-08WN4A0", "WDC WD10EZEX-08WN4A0")]
    [InlineData("Model X build-host-170", "Model X build-host-170")]
    [InlineData("6.1.0-build-host-17", "6.1.0")]
    [InlineData("build-host-17", null)]
    public void Only_the_whole_word_goes(string text, string? clean) => new Redactor(Secrets).Text(text).ShouldBe(clean);

    private static string Json(MachineInfo machine) =>
        JsonSerializer.Serialize(new MachineReport(machine, new EnvironmentInfo()), MachineJson.Default.MachineReport);
}
