using System.IO.Compression;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Brotli at quality 5 with a window of 4 MiB, what web servers use for answers that they make anew, over 256 KiB of text.
/// The library is the one that .NET carries. Checked by decompressing, as <see cref="Compression"/> is.
/// </summary>
internal sealed class Brotli : IKernel
{
    private const int Length = 256 * 1024;
    private const int Quality = 5;
    private const int WindowBits = 22;

    // Stored or nearly stored output would come back right as well, without the work.
    private const int LongestCompressed = Length / 2;

    private readonly byte[] text = PseudoText.Create(Length, new DeterministicRandom(11));
    private readonly byte[] roundTrip = new byte[Length + 1];
    private readonly byte[] compressed = new byte[Length];
    private int written;

    public void Reset() => written = 0;

    public double Run()
    {
        _ = BrotliEncoder.TryCompress(text, compressed, out written, Quality, WindowBits);
        return Length / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        if (written is 0 or > LongestCompressed)
            return;
        _ = BrotliDecoder.TryDecompress(compressed.AsSpan(0, written), roundTrip, out var length);
        hash.AppendData(roundTrip, 0, length);
    }

    public void Dispose()
    {
    }
}
