using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>The SIMD and crypto instruction sets that the runtime may use on this processor.</summary>
internal static class InstructionSets
{
    /// <param name="cpuid">The processor's CPUID; null where it has none.</param>
    public static IReadOnlyList<string> Supported(CpuIdReader? cpuid) =>
        [.. ByRuntime().Concat(cpuid is null ? [] : ByCpuId(cpuid)).Where(set => set.Supported).Select(set => set.Name)];

    private static IEnumerable<(string Name, bool Supported)> ByRuntime() =>
    [
        ("SSE4.2", Sse42.IsSupported),
        ("POPCNT", Popcnt.IsSupported),
        ("AES", X86Aes.IsSupported),
        ("PCLMULQDQ", Pclmulqdq.IsSupported),
        ("AVX", Avx.IsSupported),
        ("FMA", Fma.IsSupported),
        ("AVX2", Avx2.IsSupported),
        ("BMI1", Bmi1.IsSupported),
        ("BMI2", Bmi2.IsSupported),
        ("LZCNT", Lzcnt.IsSupported),
        ("AVX-VNNI", AvxVnni.IsSupported),
        ("VPCLMULQDQ", Pclmulqdq.V256.IsSupported),
        ("GFNI", Gfni.IsSupported),
        ("AVX-512F", Avx512F.IsSupported),
        ("AVX-512BW", Avx512BW.IsSupported),
        ("AVX-512CD", Avx512CD.IsSupported),
        ("AVX-512DQ", Avx512DQ.IsSupported),
        ("AVX-512VBMI", Avx512Vbmi.IsSupported),
        ("AVX-512VBMI2", Avx512Vbmi2.IsSupported),
        ("AVX10.1", Avx10v1.IsSupported),
        ("AVX10.2", Avx10v2.IsSupported),
        ("AdvSimd", AdvSimd.IsSupported),
        ("AES", ArmAes.IsSupported),
        ("CRC32", Crc32.IsSupported),
        ("DP", Dp.IsSupported),
        ("RDM", Rdm.IsSupported),
        ("SHA-1", Sha1.IsSupported),
        ("SHA-256", Sha256.IsSupported),
#pragma warning disable SYSLIB5003 // The operations are for evaluation; only whether they are there is asked.
        ("SVE", Sve.IsSupported),
        ("SVE2", Sve2.IsSupported),
#pragma warning restore SYSLIB5003
    ];

    /// <summary>Sets that the runtime has no property for, by CPUID leaf 7 (Intel SDM, volume 2A).</summary>
    private static IEnumerable<(string Name, bool Supported)> ByCpuId(CpuIdReader cpuid)
    {
        var basic = cpuid.Leaf(7);
        var further = cpuid.Leaf(7, 1);
        yield return ("SHA", (basic.Ebx & (1 << 29)) != 0);
        // The operating system must save the wide registers too, which the runtime has looked at.
        yield return ("AVX-512VNNI", Avx512F.IsSupported && (basic.Ecx & (1 << 11)) != 0);
        yield return ("AVX-512BF16", Avx512F.IsSupported && (further.Eax & (1 << 5)) != 0);
    }
}
