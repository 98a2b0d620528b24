namespace PcBench.Cli.Workloads;

/// <summary>
/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the
/// same numbers on every machine and every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class DeterministicRandom(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, <paramref name="limit"/>).</summary>
    public int Next(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    public void Fill(Span<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (ref var b in bytes)
            b = (byte)Next();
    }
}
