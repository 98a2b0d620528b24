using System.IO.Compression;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads.Shared;

/// <summary>Deflate over one text of 2 MiB in blocks of 64 KiB, each compressed by whoever is free (as pigz does it).</summary>
internal sealed class SharedCompression(int threads) : SharedTask(threads)
{
    private const int Length = 2 << 20;
    private const int Block = 64 << 10;
    private const int Blocks = Length / Block;

    private readonly byte[] text = PseudoText.Create(Length, new DeterministicRandom(17));
    private readonly byte[] roundTrip = new byte[Block + 1];
    private readonly MemoryStream[] compressed = [.. Enumerable.Range(0, Blocks).Select(_ => new MemoryStream(new byte[Block]))];

    protected override void Reset()
    {
        foreach (var block in compressed)
            block.SetLength(0);
    }

    protected override double Run(int member)
    {
        while (Take(Blocks, out var block))
        {
            compressed[block].SetLength(0);
            using var deflate = new DeflateStream(compressed[block], CompressionLevel.Optimal, leaveOpen: true);
            deflate.Write(text, block * Block, Block);
        }

        return Length / 1e6;
    }

    protected override void AppendOutput(IncrementalHash hash)
    {
        foreach (var block in compressed)
        {
            // Nearly stored output would come back right as well, without the work.
            if (block.Length > Block / 2)
                return;
            block.Position = 0;
            using var inflate = new DeflateStream(block, CompressionMode.Decompress, leaveOpen: true);
            var length = inflate.ReadAtLeast(roundTrip, roundTrip.Length, throwOnEndOfStream: false);
            hash.AppendData(roundTrip, 0, length);
        }
    }
}
