using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

/// <summary>Field by field, what is detected here beside what the system's own programs say of the same machine.</summary>
public class ProgramsTests
{
    private static readonly string[] NotDisks = ["loop", "ram", "zram", "sr", "fd", "dm-", "md", "nbd"];

    [Fact]
    public void The_processor_is_that_of_lscpu()
    {
        var said = Lscpu();
        var cpu = MachineDetector.Detect().Cpu;

        (cpu.Threads).ShouldBe(Number(said["CPU(s)"]));
        if (said.TryGetValue("Socket(s)", out var sockets))
            cpu.Sockets.ShouldBe(Number(sockets));
        if (said.TryGetValue("Core(s) per socket", out var cores))
            cpu.Cores.ShouldBe(Number(cores) * cpu.Sockets);
        if (CpuId.OfProcessor() is null)
            return;
        cpu.Model.ShouldBe(HardwareText.Clean(said["Model name"]));
        (cpu.Family, cpu.ModelNumber, cpu.Stepping).ShouldBe((Number(said["CPU family"]), Number(said["Model"]), Number(said["Stepping"])));
        said["Vendor ID"].ShouldContain(cpu.Vendor);
        var flags = said["Flags"].Split(' ');
        foreach (var (set, flag) in new[] { ("AVX2", "avx2"), ("FMA", "fma"), ("AES", "aes") })
            cpu.InstructionSets.Any(name => name.Equals(set, StringComparison.OrdinalIgnoreCase)).ShouldBe(flags.Contains(flag), set);
    }

    [Fact]
    public void The_hypervisor_is_that_of_lscpu() =>
        (MachineDetector.Detect().Hypervisor is not null).ShouldBe(Lscpu().ContainsKey("Hypervisor vendor"));

    [Fact]
    public void The_caches_are_those_of_lscpu()
    {
        var said = JsonDocument.Parse(Output("lscpu", "-C", "-B", "-J")).RootElement.GetProperty("caches").EnumerateArray()
            .Select(cache => (Level: Whole(cache, "level"), Kib: Whole(cache, "one-size") / 1024, All: Whole(cache, "all-size") / 1024, Kind: cache.GetProperty("type").GetString()!))
            .Order().ToList();
        var found = MachineDetector.Detect().Cpu.Caches;
        if (found.GroupBy(cache => (cache.Level, cache.Kind)).Any(same => same.Count() > 1))
            Assert.Skip("lscpu gives one size a level; the cores here have several.");

        found.Select(cache => (Level: (long)cache.Level, Kib: (long)cache.SizeKib, All: (long)cache.SizeKib * cache.Count, Kind: $"{cache.Kind}")).Order().ShouldBe(said);
    }

    [Fact]
    public void The_disks_are_those_of_lsblk()
    {
        var said = JsonDocument.Parse(Output("lsblk", "-J", "-b", "-d", "-o", "NAME,SIZE,TYPE,MODEL")).RootElement.GetProperty("blockdevices").EnumerateArray()
            .Where(disk => disk.GetProperty("type").GetString() == "disk" && Whole(disk, "size") > 0
                && !NotDisks.Any(prefix => disk.GetProperty("name").GetString()!.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(disk => (SizeGib: (int)Math.Round(Whole(disk, "size") / (double)(1L << 30)), Model: FirmwareText.Name(disk.GetProperty("model").GetString())));

        MachineDetector.Detect().Disks.Select(disk => (disk.SizeGib, disk.Model)).ShouldBe(said, ignoreOrder: true);
    }

    [Fact]
    public void The_graphics_processors_are_those_of_lspci()
    {
        // -n -mm: slot "class" "vendor" "device" ...
        var said = Output("lspci", "-n", "-mm").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('"'))
            .Where(fields => fields[1].StartsWith("03", StringComparison.Ordinal) || fields[1].StartsWith("1200", StringComparison.Ordinal))
            .Select(fields => PciNames.Vendor(int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

        MachineDetector.Detect().Gpus.Select(gpu => gpu.Vendor).ShouldBe(said, ignoreOrder: true);
    }

    [Fact]
    public void The_memory_modules_are_those_of_dmidecode()
    {
        var output = Output("dmidecode", "-t", "17");
        if (!output.Contains("Memory Device", StringComparison.Ordinal))
        {
            MachineDetector.Detect().Memory.Modules.ShouldBeEmpty();
            Assert.Skip("dmidecode finds no table on this machine: neither does PcBench, and there is nothing more to compare.");
        }

        var said = output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Size:", StringComparison.Ordinal) && char.IsDigit(line[^4]))
            .Select(line => line["Size:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(size => Number(size[0]) * (size[1] == "GB" ? 1024 : 1));
        MachineDetector.Detect().Memory.Modules.Select(module => module.SizeMib).ShouldBe(said, ignoreOrder: true);
    }

    private static Dictionary<string, string> Lscpu() =>
        Output("lscpu").Split('\n').Select(line => line.Split(':', 2)).Where(field => field.Length == 2)
            .GroupBy(field => field[0].Trim()).ToDictionary(same => same.Key, same => same.First()[1].Trim());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Older versions write numbers as texts.</summary>
    private static long Whole(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? long.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : row.GetProperty(name).GetInt64();

    private static string Output(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("A program of Linux.");
        string[] folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
        if (folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is not { } path)
        {
            var reason = $"{program} is not installed: apt-get install util-linux pciutils dmidecode.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            Assert.Skip(reason);
            return "";
        }

        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["LC_ALL"] = "C" } })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process.StandardOutput.ReadToEnd();
    }
}
