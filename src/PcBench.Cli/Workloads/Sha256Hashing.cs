using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>SHA-256 over messages of 256 KiB; each begins with the hash of the one before, so none can be left out.</summary>
internal sealed class Sha256Hashing : IKernel
{
    private const int Length = 256 * 1024;
    private const int Messages = 32;

    private readonly byte[] message = new byte[Length];
    private readonly byte[] last = new byte[SHA256.HashSizeInBytes];

    public Sha256Hashing() => new DeterministicRandom(3).Fill(message);

    public void Reset() => Array.Clear(last);

    public double Run()
    {
        Array.Clear(last);
        for (var i = 0; i < Messages; i++)
        {
            last.CopyTo(message, 0);
            SHA256.HashData(message, last);
        }

        return (double)Length * Messages / 1e9;
    }

    public void AppendOutput(IncrementalHash hash) => hash.AppendData(last);

    public void Dispose()
    {
    }
}
