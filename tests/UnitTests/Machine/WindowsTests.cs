using System.Buffers.Binary;
using System.Text;
using PcBench.Cli.Machine.Cpu;
using PcBench.Cli.Machine.Windows;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class WindowsTests
{
    [Fact]
    public void Records_of_logical_processors_give_topology_and_caches()
    {
        byte[] records =
        [
            .. Core(efficiencyClass: 1, mask: 0b11),
            .. Core(efficiencyClass: 1, mask: 0b1100),
            .. Core(efficiencyClass: 0, mask: 0b1_0000),
            .. Core(efficiencyClass: 0, mask: 0b10_0000),
            .. Record(3, new byte[40]),
            .. Cache(level: 1, kib: 48, type: 2),
            .. Cache(level: 1, kib: 48, type: 2),
            .. Cache(level: 3, kib: 20480, type: 0),
            .. Cache(level: 1, kib: 12, type: 3),
        ];

        LogicalProcessors.Topology(records).ShouldBe(new CpuTopology(1, 4, 6, PerformanceCores: 2, EfficiencyCores: 2));
        LogicalProcessors.Caches(records).ShouldBe([
            new CacheInfo { Level = 1, Kind = CacheKind.Data, SizeKib = 48, Count = 2 },
            new CacheInfo { Level = 3, Kind = CacheKind.Unified, SizeKib = 20480, Count = 1 }]);
    }

    [Fact]
    public void Threads_come_one_of_each_core_first_and_fast_cores_before_small_ones()
    {
        byte[] records =
        [
            .. Core(efficiencyClass: 0, mask: 0b1_0000),
            .. Core(efficiencyClass: 1, mask: 0b11),
            .. Core(efficiencyClass: 1, mask: 0b1100),
            .. Core(efficiencyClass: 1, mask: 0b11, group: 1),
        ];

        LogicalProcessors.OneOfEachCoreFirst(records).ShouldBe([0, 2, 64, 4, 1, 3, 65]);
        LogicalProcessors.OneOfEachCoreFirst(null).ShouldBeEmpty();
    }

    [Fact]
    public void Records_cut_anywhere_or_of_random_bytes_never_stop_the_reading()
    {
        var whole = Core(0, 0b11).Concat(Cache(2, 1024, 0)).ToArray();
        for (var length = 0; length <= whole.Length; length++)
        {
            LogicalProcessors.Caches(whole[..length]).Count.ShouldBeLessThanOrEqualTo(1);
            LogicalProcessors.Topology(whole[..length])?.Cores.ShouldBe(1);
        }

        var random = new Random(25);
        for (var round = 0; round < 1_000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (bytes.Length >= 8)
                BinaryPrimitives.WriteInt64LittleEndian(bytes, ((long)random.Next(64) << 32) | (uint)random.Next(4));
            LogicalProcessors.Topology(bytes)?.Threads.ShouldBeGreaterThan(0);
            LogicalProcessors.Caches(bytes).Count.ShouldBeLessThanOrEqualTo(16);
        }
    }

    [Theory]
    [InlineData("", "Samsung SSD 990 PRO 2TB", 17, null, DiskKind.Nvme)]
    [InlineData("ATA", "WDC WD40EFRX", 11, true, DiskKind.Hdd)]
    [InlineData("ATA", "CT1000MX500SSD1", 11, false, DiskKind.Ssd)]
    [InlineData("Msft", "Virtual Disk", 10, null, DiskKind.Virtual)]
    [InlineData("Generic", "Card Reader", 7, null, DiskKind.Unknown)]
    public void A_disk_is_known_by_its_bus_and_by_whether_it_seeks(string vendor, string product, int bus, bool? seeks, DiskKind kind)
    {
        var descriptor = new byte[128];
        descriptor[12] = 40;
        descriptor[16] = 60;
        descriptor[24] = 90;
        descriptor[28] = (byte)bus;
        Encoding.ASCII.GetBytes(vendor).CopyTo(descriptor, 40);
        Encoding.ASCII.GetBytes(product).CopyTo(descriptor, 60);
        Encoding.ASCII.GetBytes("SECRET").CopyTo(descriptor, 90);

        StorageDescriptor.Disk(descriptor, 1_000_204_886_016, seeks).ShouldBe(new DiskInfo { Model = product, Kind = kind, SizeGib = 932 });
        StorageDescriptor.Disk(descriptor[..20], 1_000_204_886_016, seeks).ShouldBeNull();
    }

    [Fact]
    public void The_registry_names_board_graphics_system_and_power_plan()
    {
        const string Adapters = @"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}";
        var registry = new WrittenRegistry
        {
            [@"HARDWARE\DESCRIPTION\System\BIOS|BaseBoardManufacturer"] = "Gigabyte Technology Co., Ltd.",
            [@"HARDWARE\DESCRIPTION\System\BIOS|BaseBoardProduct"] = "B650 AORUS ELITE AX",
            [@"HARDWARE\DESCRIPTION\System\BIOS|BIOSVersion"] = "F21",
            [@"HARDWARE\DESCRIPTION\System\CentralProcessor\0|~MHz"] = 4491,
            [@"HARDWARE\DESCRIPTION\System\CentralProcessor\0|Update Revision"] = new byte[] { 0, 0, 0, 0, 0x06, 0x12, 0x60, 0x0A },
            [@"SOFTWARE\Microsoft\Windows NT\CurrentVersion|ProductName"] = "Windows 10 Pro",
            [@"SOFTWARE\Microsoft\Windows NT\CurrentVersion|CurrentBuildNumber"] = "26100",
            [@"SOFTWARE\Microsoft\Windows NT\CurrentVersion|DisplayVersion"] = "24H2",
            [@"SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes|ActivePowerScheme"] = "8C5E7FDA-E8BF-4A96-9A85-A6E23A8C635C",
            [$@"{Adapters}\0000|DriverDesc"] = "AMD Radeon RX 7900 XTX",
            [$@"{Adapters}\0000|MatchingDeviceId"] = @"PCI\VEN_1002&DEV_744C",
            [$@"{Adapters}\0000|HardwareInformation.qwMemorySize"] = 25753026560L,
            [$@"{Adapters}\0000|DriverVersion"] = "32.0.12033.1030",
            [$@"{Adapters}\Properties|DriverDesc"] = "not an adapter",
        };

        WindowsRegistryFacts.Board(registry)
            .ShouldBe(new BoardInfo { Vendor = "Gigabyte Technology Co., Ltd.", Model = "B650 AORUS ELITE AX", Bios = "F21" });
        WindowsRegistryFacts.Gpus(registry).ShouldHaveSingleItem()
            .ShouldBe(new GpuInfo { Vendor = "AMD", Model = "AMD Radeon RX 7900 XTX", MemoryMib = 24560, Driver = "32.0.12033.1030" });
        WindowsRegistryFacts.OsName(registry).ShouldBe("Windows 11 Pro 24H2");
        WindowsRegistryFacts.PowerPlan(registry).ShouldBe("high performance");
        WindowsRegistryFacts.CpuMhz(registry).ShouldBe(4491);
        WindowsRegistryFacts.Microcode(registry).ShouldBe("0xa601206");
    }

    [Fact]
    public void An_empty_registry_leaves_everything_out()
    {
        var registry = new WrittenRegistry();

        WindowsRegistryFacts.Board(registry).ShouldBeNull();
        WindowsRegistryFacts.Gpus(registry).ShouldBeEmpty();
        WindowsRegistryFacts.OsName(registry).ShouldBe("Windows");
        WindowsRegistryFacts.PowerPlan(registry).ShouldBeNull();
        WindowsRegistryFacts.CpuMhz(registry).ShouldBeNull();
        WindowsRegistryFacts.Microcode(registry).ShouldBeNull();
    }

    private static byte[] Core(byte efficiencyClass, ulong mask, ushort group = 0)
    {
        var content = new byte[40];
        content[1] = efficiencyClass;
        content[22] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(24), mask);
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(32), group);
        return Record(0, content);
    }

    private static byte[] Cache(byte level, int kib, int type)
    {
        var content = new byte[48];
        content[0] = level;
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(4), kib * 1024);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(8), type);
        return Record(2, content);
    }

    private static byte[] Record(int relationship, byte[] content)
    {
        var record = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, relationship);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), record.Length);
        content.CopyTo(record, 8);
        return record;
    }

    private sealed class WrittenRegistry : Dictionary<string, object>, IRegistry
    {
        public object? Value(string key, string name) => this.GetValueOrDefault($"{key}|{name}");

        IReadOnlyList<string> IRegistry.Keys(string key) =>
            [.. Keys.Where(path => path.StartsWith(key + @"\", StringComparison.Ordinal))
                .Select(path => path[(key.Length + 1)..].Split('|')[0])
                .Distinct()];
    }
}
