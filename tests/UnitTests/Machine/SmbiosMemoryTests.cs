using System.Text;
using PcBench.Cli.Machine.Smbios;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class SmbiosMemoryTests
{
    [Fact]
    public void Modules_are_read_from_structures_of_type_17_without_their_serial_numbers()
    {
        byte[] table =
        [
            .. Structure(0, new byte[20], "American Megatrends", "F21"),
            .. Module(sizeWord: 0x7FFF, extendedMib: 32768, type: 0x22, speed: 4800, configured: 6000, "G Skill", "F5-6000J3038F16G"),
            .. Module(sizeWord: 0, extendedMib: 0, type: 0x02, speed: 0, configured: 0, "Unknown", "Unknown"),
            .. Module(sizeWord: 16384, extendedMib: 0, type: 0x1A, speed: 3200, configured: 0, "Not Specified", "  M471A2K43DB1-CWE  "),
            .. Structure(127, [0]),
        ];

        SmbiosMemory.Modules(table).ShouldBe([
            new MemoryModule { SizeMib = 32768, Type = "DDR5", SpeedMts = 6000, Manufacturer = "G Skill", PartNumber = "F5-6000J3038F16G" },
            new MemoryModule { SizeMib = 16384, Type = "DDR4", SpeedMts = 3200, PartNumber = "M471A2K43DB1-CWE" }]);
    }

    [Fact]
    public void Sizes_in_KiB_and_speeds_beyond_a_word_are_read()
    {
        var small = Module(sizeWord: 0x8000 | 2048, extendedMib: 0, type: 0x0F, speed: 133, configured: 0, "", "");
        SmbiosMemory.Modules(small).ShouldBe([new MemoryModule { SizeMib = 2, Type = "SDRAM", SpeedMts = 133 }]);

        var area = new byte[0x5C - 4];
        Put(area, 0x0C, 16384);
        Put(area, 0x20, 0xFFFF);
        BitConverter.TryWriteBytes(area.AsSpan(0x58 - 4), 8800).ShouldBeTrue();
        SmbiosMemory.Modules(Structure(17, area)).ShouldHaveSingleItem().SpeedMts.ShouldBe(8800);
    }

    [Fact]
    public void A_table_cut_anywhere_gives_what_was_whole()
    {
        byte[] table =
        [
            .. Module(16384, 0, 0x1A, 3200, 3200, "Samsung", "A"),
            .. Module(16384, 0, 0x1A, 3200, 3200, "Samsung", "B"),
        ];
        for (var length = 0; length <= table.Length; length++)
            SmbiosMemory.Modules(table[..length]).Count.ShouldBeInRange(0, 2);
        SmbiosMemory.Modules(null).ShouldBeEmpty();
    }

    [Fact]
    public void Random_bytes_never_stop_the_reading()
    {
        var random = new Random(25);
        for (var round = 0; round < 2_000; round++)
        {
            var table = new byte[random.Next(200)];
            random.NextBytes(table);
            if (table.Length > 1)
                (table[0], table[1]) = (17, (byte)random.Next(256));
            foreach (var module in SmbiosMemory.Modules(table))
                module.SizeMib.ShouldBeInRange(1, 1 << 24);
        }
    }

    private static byte[] Module(int sizeWord, int extendedMib, byte type, int speed, int configured, string manufacturer, string part)
    {
        var area = new byte[0x28 - 4];
        Put(area, 0x0C, sizeWord);
        area[0x12 - 4] = type;
        Put(area, 0x15, speed);
        area[0x17 - 4] = 1;
        area[0x18 - 4] = 2;
        area[0x19 - 4] = 2;
        area[0x1A - 4] = 3;
        BitConverter.TryWriteBytes(area.AsSpan(0x1C - 4), extendedMib).ShouldBeTrue();
        Put(area, 0x20, configured);
        return Structure(17, area, manufacturer is "" ? " " : manufacturer, "SECRET-SERIAL", part is "" ? " " : part);
    }

    private static void Put(byte[] area, int offset, int word) =>
        BitConverter.TryWriteBytes(area.AsSpan(offset - 4), (ushort)word).ShouldBeTrue();

    private static byte[] Structure(byte type, byte[] area, params string[] strings) =>
    [
        type, (byte)(area.Length + 4), 1, 0, .. area,
        .. strings.SelectMany(text => Encoding.ASCII.GetBytes(text + "\0")),
        .. strings.Length == 0 ? new byte[2] : new byte[1],
    ];
}
