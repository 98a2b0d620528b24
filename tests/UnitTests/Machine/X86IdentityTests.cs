using PcBench.Cli.Machine.Cpu;
using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Machine;

public class X86IdentityTests
{
    [Theory]
    [InlineData("AuthenticAMD", 16, 10, 0, "K10")]
    [InlineData("AuthenticAMD", 21, 2, 0, "Piledriver")]
    [InlineData("AuthenticAMD", 23, 1, 2, "Zen")]
    [InlineData("AuthenticAMD", 23, 8, 2, "Zen+")]
    [InlineData("AuthenticAMD", 23, 49, 0, "Zen 2")]
    [InlineData("AuthenticAMD", 23, 113, 0, "Zen 2")]
    [InlineData("AuthenticAMD", 25, 1, 1, "Zen 3")]
    [InlineData("AuthenticAMD", 25, 33, 0, "Zen 3")]
    [InlineData("AuthenticAMD", 25, 68, 1, "Zen 3+")]
    [InlineData("AuthenticAMD", 25, 17, 1, "Zen 4")]
    [InlineData("AuthenticAMD", 25, 97, 2, "Zen 4")]
    [InlineData("AuthenticAMD", 25, 160, 2, "Zen 4c")]
    [InlineData("AuthenticAMD", 26, 2, 1, "Zen 5")]
    [InlineData("AuthenticAMD", 26, 17, 0, "Zen 5c")]
    [InlineData("AuthenticAMD", 26, 68, 0, "Zen 5")]
    [InlineData("HygonGenuine", 24, 0, 1, "Zen")]
    [InlineData("GenuineIntel", 6, 15, 11, "Core 2 (Merom)")]
    [InlineData("GenuineIntel", 6, 42, 7, "Sandy Bridge")]
    [InlineData("GenuineIntel", 6, 62, 4, "Ivy Bridge")]
    [InlineData("GenuineIntel", 6, 63, 2, "Haswell")]
    [InlineData("GenuineIntel", 6, 79, 1, "Broadwell")]
    [InlineData("GenuineIntel", 6, 85, 4, "Skylake-SP")]
    [InlineData("GenuineIntel", 6, 85, 7, "Cascade Lake")]
    [InlineData("GenuineIntel", 6, 85, 11, "Cooper Lake")]
    [InlineData("GenuineIntel", 6, 158, 9, "Kaby Lake")]
    [InlineData("GenuineIntel", 6, 158, 10, "Coffee Lake")]
    [InlineData("GenuineIntel", 6, 106, 6, "Ice Lake-SP")]
    [InlineData("GenuineIntel", 6, 143, 8, "Sapphire Rapids")]
    [InlineData("GenuineIntel", 6, 207, 2, "Emerald Rapids")]
    [InlineData("GenuineIntel", 6, 173, 1, "Granite Rapids")]
    [InlineData("GenuineIntel", 6, 183, 1, "Raptor Lake")]
    [InlineData("GenuineIntel", 6, 198, 2, "Arrow Lake")]
    [InlineData("GenuineIntel", 6, 189, 1, "Lunar Lake")]
    [InlineData("GenuineIntel", 6, 255, 0, null)]
    [InlineData("AuthenticAMD", 27, 0, 0, null)]
    [InlineData("SomebodyElse", 6, 85, 4, null)]
    public void The_microarchitecture_follows_from_the_signature(string vendor, int family, int model, int stepping, string? name) =>
        X86Microarchitectures.Find(vendor, family, model, stepping).ShouldBe(name);

    [Theory]
    [InlineData("Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz", 3400)]
    [InlineData("Intel(R) Atom(TM) CPU N270 @ 1.60GHz", 1600)]
    [InlineData("AMD Ryzen 9 7950X 16-Core Processor", null)]
    [InlineData("Something @ 9999999.0GHz", null)]
    [InlineData(null, null)]
    public void The_nominal_clock_may_stand_in_the_brand_string(string? brand, int? mhz) =>
        X86Identity.NominalMhz(brand).ShouldBe(mhz);

    [Theory]
    [InlineData("GenuineIntel", 0x806EAu, "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz", "Intel", "Kaby Lake")]
    [InlineData("GenuineIntel", 0x806EAu, "Intel(R) Core(TM) i5-8259U CPU @ 2.30GHz", "Intel", "Coffee Lake")]
    [InlineData("GenuineIntel", 0x806ECu, "Intel(R) Core(TM) i7-8565U CPU @ 1.80GHz", "Intel", "Whiskey Lake")]
    [InlineData("GenuineIntel", 0x806ECu, "Intel(R) Core(TM) i7-10510U CPU @ 1.80GHz", "Intel", "Comet Lake")]
    [InlineData("CentaurHauls", 0x006FEu, "VIA Nano U2250@1.6GHz", "VIA", null)]
    [InlineData("CentaurHauls", 0x107B0u, "ZHAOXIN KaiXian KX-6640MA@2.2+GHz", "Zhaoxin", null)]
    [InlineData("HygonGenuine", 0x900F01u, "Hygon C86 7185 32-core Processor", "Hygon", "Zen")]
    public void Signature_and_brand_together_tell_who_it_is(string vendorId, uint signature, string brand, string vendor, string? microarchitecture)
    {
        var identity = X86Identity.Read((leaf, _) => leaf switch
        {
            0 => new(1, Word(vendorId, 0), Word(vendorId, 2), Word(vendorId, 1)),
            1 => new(signature, 0, 0, 0),
            0x8000_0000 => new(0x8000_0004, 0, 0, 0),
            >= 0x8000_0002 and <= 0x8000_0004 => Part(4 * (int)(leaf - 0x8000_0002)),
            _ => default,
        });

        (identity.Vendor, identity.Model, identity.Microarchitecture).ShouldBe((vendor, brand, microarchitecture));

        CpuIdRegisters Part(int word) => new(Word(brand, word), Word(brand, word + 1), Word(brand, word + 2), Word(brand, word + 3));
        static uint Word(string text, int index) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(System.Text.Encoding.ASCII.GetBytes(text.PadRight(48, '\0')).AsSpan(4 * index));
    }

    [Fact]
    public void A_leaf_above_the_highest_is_empty_though_the_processor_answers_with_another_one()
    {
        CpuIdReader intel = (leaf, _) => leaf == 0 ? new(0x16, 0, 0, 0) : new(1, 2, 3, 4);
        intel.Leaf(0x16).Edx.ShouldBe(4u);
        intel.Leaf(0x17).ShouldBe(default);
        intel.Leaf(0x8000_0002).ShouldBe(default);
    }

    [Fact]
    public void A_processor_that_answers_nothing_has_no_name() =>
        X86Identity.Read((_, _) => default).ShouldBe(new CpuIdentity { Family = 0, ModelNumber = 0, Stepping = 0 });

    [Fact]
    public void Caches_by_CPUID_are_those_that_the_system_lists() =>
        CpuIdCaches.Read(CapturedCpuId.Load("epyc-kvm"), threads: 2).ShouldBe([
            new CacheInfo { Level = 1, Kind = CacheKind.Data, SizeKib = 32, Count = 2 },
            new CacheInfo { Level = 1, Kind = CacheKind.Instruction, SizeKib = 32, Count = 2 },
            new CacheInfo { Level = 2, Kind = CacheKind.Unified, SizeKib = 1024, Count = 2 },
            new CacheInfo { Level = 3, Kind = CacheKind.Unified, SizeKib = 32768, Count = 1 }]);

    [Theory]
    [InlineData("KVMKVMKVM\0\0\0", 0, "KVM")]
    [InlineData("VMwareVMware", 0, "VMware")]
    [InlineData("Microsoft Hv", 0, "Hyper-V")]
    [InlineData("Microsoft Hv", 1, null)]
    [InlineData("NewVisor<1>\0", 0, "NewVisor1")]
    public void The_hypervisor_names_itself_and_the_root_partition_of_Windows_is_bare_metal(string signature, int createPartitions, string? name)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(signature);
        CpuIdReader cpuid = (leaf, _) => leaf switch
        {
            0 => new(0x16, 0, 0, 0),
            1 => new(0, 0, 1u << 31, 0),
            0x4000_0000 => new(0x4000_0006, BitConverter.ToUInt32(bytes, 0), BitConverter.ToUInt32(bytes, 4), BitConverter.ToUInt32(bytes, 8)),
            0x4000_0003 => new(0, (uint)createPartitions, 0, 0),
            _ => default,
        };
        Hypervisors.Find(cpuid).ShouldBe(name);
    }
}
