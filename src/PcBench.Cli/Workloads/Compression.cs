using System.IO.Compression;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>
/// Deflate at the usual level over 256 KiB of text. The library is the one that .NET carries (zlib-ng), the same on
/// every system. Checked by decompressing: compressed bytes may differ between processors, what comes back may not.
/// </summary>
internal sealed class Compression : IKernel
{
    private const int Length = 256 * 1024;

    // Stored or nearly stored output would come back right as well, without the work.
    private const int LongestCompressed = Length / 2;

    private readonly byte[] text = PseudoText.Create(Length, new DeterministicRandom(1));
    private readonly byte[] roundTrip = new byte[Length + 1];
    private readonly MemoryStream compressed = new(new byte[Length]);

    public void Reset() => compressed.SetLength(0);

    public double Run()
    {
        compressed.SetLength(0);
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(text);
        return Length / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        if (compressed.Length > LongestCompressed)
            return;
        compressed.Position = 0;
        using var inflate = new DeflateStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        var length = inflate.ReadAtLeast(roundTrip, roundTrip.Length, throwOnEndOfStream: false);
        hash.AppendData(roundTrip, 0, length);
    }

    public void Dispose() => compressed.Dispose();
}
