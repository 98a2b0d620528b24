using System.Text;
using PcBench.Cli.Machine.MacOs;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class MacMachineTests
{
    private static readonly Dictionary<string, byte[]> Laptop = new()
    {
        ["machdep.cpu.brand_string"] = Text("Apple M2 Pro"),
        ["hw.physicalcpu"] = Number(12),
        ["hw.logicalcpu"] = Number(12),
        ["hw.packages"] = Number(1),
        ["hw.perflevel0.physicalcpu"] = Number(8),
        ["hw.perflevel0.l1dcachesize"] = Number(131_072),
        ["hw.perflevel0.l2cachesize"] = Number(16_777_216),
        ["hw.perflevel0.cpusperl2"] = Number(4),
        ["hw.perflevel1.physicalcpu"] = Number(4),
        ["hw.perflevel1.l1dcachesize"] = Number(65_536),
        ["hw.perflevel1.l2cachesize"] = Number(4_194_304),
        ["hw.perflevel1.cpusperl2"] = Number(4),
        ["hw.memsize"] = BitConverter.GetBytes(17_179_869_184L),
        ["hw.model"] = Text("Mac14,9"),
        ["kern.osproductversion"] = Text("15.1"),
        ["kern.osrelease"] = Text("24.1.0"),
        ["kern.hostname"] = Text("SECRET"),
    };

    [Fact]
    public void The_kernel_tells_processor_memory_model_and_version()
    {
        var machine = MacMachine.Read(Laptop.GetValueOrDefault, cpuid: null);

        (machine.Cpu.Vendor, machine.Cpu.Model).ShouldBe(("Apple", "Apple M2 Pro"));
        (machine.Cpu.Cores, machine.Cpu.PerformanceCores, machine.Cpu.EfficiencyCores).ShouldBe((12, 8, 4));
        machine.Cpu.Caches.Select(cache => $"L{cache.Level} {cache.Count} x {cache.SizeKib}")
            .ShouldBe(["L1 8 x 128", "L1 4 x 64", "L2 2 x 16384", "L2 1 x 4096"]);
        machine.Memory.TotalMib.ShouldBe(16384);
        machine.Board.ShouldBe(new BoardInfo { Vendor = "Apple", Model = "Mac14,9" });
        (machine.Os.Name, machine.Os.Kernel).ShouldBe(("macOS 15.1", "24.1.0"));
        machine.Hypervisor.ShouldBeNull();
    }

    [Fact]
    public void A_kernel_that_tells_nothing_or_nonsense_leaves_it_out()
    {
        var machine = MacMachine.Read(_ => null, cpuid: null);
        (machine.Cpu.Vendor, machine.Cpu.Model, machine.Board).ShouldBe(("Unknown", "Unknown", null));

        MacMachine.Read(_ => [255, 255, 255, 255], cpuid: null).Cpu.Caches.ShouldBeEmpty();
        MacMachine.Read(_ => [1, 2, 3], cpuid: null).Cpu.Threads.ShouldBe(Environment.ProcessorCount);
    }

    [Fact]
    public void The_load_is_a_fixed_point_number()
    {
        byte[] loads = [.. BitConverter.GetBytes(3072), .. new byte[12], .. BitConverter.GetBytes(2048L)];
        new MacState(name => name == "vm.loadavg" ? loads : null).Read().LoadAverage.ShouldBe(1.5);
        new MacState(_ => new byte[24]).Read().LoadAverage.ShouldBeNull();
        new MacState(_ => [1]).Read().LoadAverage.ShouldBeNull();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static byte[] Number(int number) => BitConverter.GetBytes(number);
}
