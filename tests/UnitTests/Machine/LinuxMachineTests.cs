using PcBench.Cli.Machine.Linux;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class LinuxMachineTests
{
    [Fact]
    public void A_guest_on_Zen_4_without_firmware_tables_is_described_by_CPUID_and_sysfs()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Load("epyc-kvm"), CapturedCpuId.Load("epyc-kvm"), ["/tmp/"]);

        machine.Cpu.Vendor.ShouldBe("AMD");
        machine.Cpu.Model.ShouldBe("AMD EPYC");
        machine.Cpu.Microarchitecture.ShouldBe("Zen 4");
        (machine.Cpu.Family, machine.Cpu.ModelNumber, machine.Cpu.Stepping).ShouldBe((25, 17, 1));
        (machine.Cpu.Sockets, machine.Cpu.Cores, machine.Cpu.Threads).ShouldBe((1, 2, 2));
        machine.Cpu.BaseMhz.ShouldBe(2596);
        Shown(machine.Cpu.Caches).ShouldBe(["L1 Data 2 x 32", "L1 Instruction 2 x 32", "L2 Unified 2 x 1024", "L3 Unified 1 x 32768"]);
        machine.Memory.TotalMib.ShouldBe(24105);
        machine.Memory.Modules.ShouldBeEmpty();
        machine.Disks.ShouldHaveSingleItem().ShouldBe(new DiskInfo { Kind = DiskKind.Virtual, SizeGib = 256 });
        machine.Gpus.ShouldBeEmpty();
        machine.Board.ShouldBeNull();
        machine.Os.Name.ShouldBe("Debian GNU/Linux 12 (bookworm)");
        machine.Os.Kernel.ShouldBe("6.18.44");
        machine.Hypervisor.ShouldBe("KVM");
    }

    [Fact]
    public void An_Intel_hybrid_has_its_cores_and_caches_of_two_kinds()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Load("intel-hybrid"), CapturedCpuId.Load("intel-hybrid"), ["/home/someone"]);

        machine.Cpu.Model.ShouldBe("12th Gen Intel(R) Core(TM) i5-12600K");
        machine.Cpu.Microarchitecture.ShouldBe("Alder Lake");
        (machine.Cpu.Cores, machine.Cpu.Threads).ShouldBe((6, 8));
        (machine.Cpu.PerformanceCores, machine.Cpu.EfficiencyCores).ShouldBe((2, 4));
        machine.Cpu.BaseMhz.ShouldBe(3700);
        Shown(machine.Cpu.Caches).ShouldBe([
            "L1 Data 2 x 48", "L1 Data 4 x 32", "L1 Instruction 4 x 64", "L1 Instruction 2 x 32",
            "L2 Unified 1 x 2048", "L2 Unified 2 x 1280", "L3 Unified 1 x 20480"]);
        machine.Hypervisor.ShouldBeNull();
    }

    [Fact]
    public void The_disk_under_an_encrypted_or_logical_volume_is_the_measured_one_and_comes_first()
    {
        var disks = LinuxDisks.Read(CapturedFiles.Load("intel-hybrid"), ["/tmp/"]);
        disks.ShouldBe([
            new DiskInfo { Model = "Samsung SSD 980 PRO 1TB", Kind = DiskKind.Nvme, SizeGib = 932 },
            new DiskInfo { Model = "WDC WD40EFRX-68N", Kind = DiskKind.Hdd, SizeGib = 3726 }]);

        var moved = CapturedFiles.Load("intel-hybrid").With("/proc/self/mountinfo",
            "29 1 252:0 / / rw - ext4 /dev/mapper/vg-root rw\n40 29 8:0 / /mnt/my\\040disk rw - ext4 /dev/sda rw\n");
        LinuxDisks.Read(moved, ["/mnt/my disk/tmp"])[0].Kind.ShouldBe(DiskKind.Hdd);
        LinuxDisks.Read(moved, ["/mnt/my disks"])[0].Kind.ShouldBe(DiskKind.Nvme);
    }

    [Fact]
    public void A_folder_in_memory_is_on_no_disk_so_the_next_one_counts()
    {
        var files = CapturedFiles.Load("intel-hybrid").With("/proc/self/mountinfo", """
            29 1 0:40 / / rw - btrfs /dev/sda rw
            30 29 0:41 / /tmp rw - tmpfs tmpfs rw
            31 29 259:3 / /home rw - ext4 /dev/nvme0n1p3 rw
            """);
        LinuxDisks.Read(files, ["/tmp/", "/home/someone"])[0].Kind.ShouldBe(DiskKind.Nvme);
        LinuxDisks.Read(files, ["/tmp/", "/var/lib"])[0].Kind.ShouldBe(DiskKind.Hdd);
    }

    [Fact]
    public void Graphics_processors_are_named_by_their_driver_or_by_the_list_of_PCI_names()
    {
        LinuxGpus.Read(CapturedFiles.Load("intel-hybrid")).ShouldBe([
            new GpuInfo { Vendor = "Intel", Model = "UHD Graphics 770", Driver = "i915" },
            new GpuInfo { Vendor = "NVIDIA", Model = "NVIDIA GeForce RTX 4090", Driver = "nvidia 550.54.15" }]);

        var unnamed = CapturedFiles.Parse("""
            /sys/bus/pci/devices/0000:03:00.0/class	0x120000
            /sys/bus/pci/devices/0000:03:00.0/vendor	0x1002
            /sys/bus/pci/devices/0000:03:00.0/device	0x74a1
            /sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total	206141652992
            """);
        LinuxGpus.Read(unnamed).ShouldHaveSingleItem()
            .ShouldBe(new GpuInfo { Vendor = "AMD", Model = "AMD 74a1", MemoryMib = 196592 });
    }

    [Fact]
    public void Modules_are_read_from_what_udev_wrote_where_the_firmware_table_is_closed()
    {
        var memory = LinuxMemory.Read(CapturedFiles.Load("intel-hybrid"));

        memory.Type.ShouldBe("DDR4");
        memory.SpeedMts.ShouldBe(3200);
        memory.Modules.Count.ShouldBe(2);
        memory.Modules[0].ShouldBe(new MemoryModule
        {
            SizeMib = 16384,
            Type = "DDR4",
            SpeedMts = 3200,
            Manufacturer = "Kingston",
            PartNumber = "KF3600C18D4/16GX",
        });
    }

    [Fact]
    public void An_Arm_server_is_named_by_its_core()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Load("neoverse-n1"), cpuid: null, ["/tmp/"]);

        (machine.Cpu.Vendor, machine.Cpu.Model, machine.Cpu.Microarchitecture).ShouldBe(("Arm", "Neoverse N1", "Neoverse N1"));
        (machine.Cpu.Family, machine.Cpu.ModelNumber, machine.Cpu.Stepping).ShouldBe((null, 0xD0C, 0x31));
        (machine.Cpu.Sockets, machine.Cpu.Cores, machine.Cpu.Threads, machine.Cpu.PerformanceCores).ShouldBe((1, 4, 4, null));
        machine.Cpu.BaseMhz.ShouldBeNull();
        machine.Cpu.Caches.ShouldContain(new CacheInfo { Level = 3, Kind = CacheKind.Unified, SizeKib = 32768, Count = 1 });
        machine.Hypervisor.ShouldBe("Amazon EC2");
        machine.Disks.ShouldHaveSingleItem().Kind.ShouldBe(DiskKind.Virtual);
        machine.Board.ShouldBe(new BoardInfo { Vendor = "Amazon EC2", Model = "m6g.xlarge", Bios = "1.0" });
    }

    [Fact]
    public void An_Arm_hybrid_is_named_by_all_its_cores_the_biggest_first()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Load("cortex-biglittle"), cpuid: null, ["/tmp/"]);

        (machine.Cpu.Model, machine.Cpu.Microarchitecture).ShouldBe(("Cortex-A76 + Cortex-A55", "Cortex-A76"));
        (machine.Cpu.PerformanceCores, machine.Cpu.EfficiencyCores).ShouldBe((4, 4));
        machine.Disks.ShouldHaveSingleItem().ShouldBe(new DiskInfo { Model = "DG4064", Kind = DiskKind.Ssd, SizeGib = 58 });
        machine.Board!.Model.ShouldBe("Radxa ROCK 5B");
    }

    [Theory]
    [InlineData("Apple Inc.", "Apple Virtualization Generic Platform", "", "Apple Virtualization")]
    [InlineData("Hetzner", "vServer", "", "Hetzner")]
    [InlineData("Hetzner", "AX162", "", null)]
    [InlineData("Amazon EC2", "c8g.metal-24xl", "", null)]
    [InlineData("", "", "linux,dummy-virt\0", "KVM")]
    [InlineData("", "", "raspberrypi,5-model-b\0brcm,bcm2712\0", null)]
    public void The_hypervisor_of_an_Arm_guest_is_what_its_firmware_tells(string vendor, string product, string compatible, string? hypervisor) =>
        LinuxBoard.Hypervisor(new CapturedFiles().With("/sys/class/dmi/id/sys_vendor", vendor).With("/sys/class/dmi/id/product_name", product)
            .With("/proc/device-tree/compatible", compatible)).ShouldBe(hypervisor);

    /// <summary>Two threads of one core would measure that core, and small cores not the processor.</summary>
    [Theory]
    [InlineData("intel-hybrid", new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new[] { 0, 2, 4, 5, 6, 7, 1, 3 })]
    [InlineData("intel-hybrid", new[] { 4, 3, 2, 1 }, new[] { 1, 2, 4, 3 })]
    [InlineData("cortex-biglittle", new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new[] { 4, 5, 6, 7, 0, 1, 2, 3 })]
    [InlineData("neoverse-n1", new[] { 3, 1 }, new[] { 1, 3 })]
    [InlineData("neoverse-n1", new[] { 70, 71 }, new[] { 70, 71 })] // of which nothing is told
    public void Threads_come_one_of_each_core_first_and_fast_cores_before_small_ones(string name, int[] usable, int[] order) =>
        LinuxTopology.OneOfEachCoreFirst(CapturedFiles.Load(name), usable).ShouldBe(order);

    [Fact]
    public void A_machine_that_shows_nothing_is_described_by_what_the_process_knows()
    {
        var machine = LinuxMachine.Read(CapturedFiles.Parse(""), cpuid: null, ["/tmp/"]);

        (machine.Cpu.Vendor, machine.Cpu.Model).ShouldBe(("Unknown", "Unknown"));
        machine.Cpu.Threads.ShouldBe(Environment.ProcessorCount);
        machine.Cpu.Caches.ShouldBeEmpty();
        machine.Memory.TotalMib.ShouldBeGreaterThan(0);
        machine.Disks.ShouldBeEmpty();
        machine.Os.Name.ShouldBe("Linux");
    }

    [Theory]
    [InlineData("epyc-kvm")]
    [InlineData("intel-hybrid")]
    [InlineData("neoverse-n1")]
    [InlineData("cortex-biglittle")]
    public void Whatever_file_is_damaged_the_machine_keeps_the_rules_of_a_result(string name)
    {
        string[] damages =
        [
            "", "\n", "\0\0\0", "-1", "99999999999999999999", ":", "=", "- - - -", "0-", "8190-9000,5", "[", "][", "0x",
            "processor\t:\nCPU part: 0xfffffffff",
        ];
        var whole = CapturedFiles.Load(name);
        foreach (var path in whole.Paths)
        {
            foreach (var damage in damages)
            {
                var files = whole.Copy().With(path, damage);
                var document = Document(LinuxMachine.Read(files, cpuid: null, ["/tmp/"]), new LinuxState(files).Read());
                ResultRules.Check(document, document.Run.StartedAt)
                    .Where(error => error.Field.Split('.')[0] is "machine" or "environment")
                    .ShouldBeEmpty($"{path} = {damage}");
            }
        }
    }

    private static ResultDocument Document(MachineInfo machine, EnvironmentInfo state) => new()
    {
        Schema = ResultDocument.CurrentSchema,
        Agent = new AgentInfo { Name = "pcbench", Version = "1.0.0", Runtime = ".NET", PublicKey = "" },
        Run = new RunInfo
        {
            StartedAt = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
            DurationSeconds = 1,
            Preset = RunPreset.Quick,
            BudgetSeconds = 60,
        },
        Machine = machine,
        Environment = state,
        Workloads = [],
    };

    private static string[] Shown(IReadOnlyList<CacheInfo> caches) =>
        [.. caches.Select(cache => $"L{cache.Level} {cache.Kind} {cache.Count} x {cache.SizeKib}")];
}
