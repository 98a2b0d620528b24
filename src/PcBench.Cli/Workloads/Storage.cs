using System.Diagnostics;
using System.Security.Cryptography;

namespace PcBench.Cli.Workloads;

/// <summary>How a storage workload goes about the file.</summary>
/// <param name="Write">Whether it writes.</param>
/// <param name="Random">Whether it jumps, in sectors of 4 KiB, or goes on, in blocks of 1 MiB.</param>
internal readonly record struct StorageAccess(bool Write, bool Random);

/// <summary>
/// One access after the other on one file, past the system's cache. Unlike a processor's, a disk's sample is a window of
/// time, for disks differ ten thousandfold: it holds as many accesses as lately fitted into 50 ms, at most 64 MiB.
/// </summary>
internal sealed class Storage : IKernel
{
    /// <summary>The most that one sample reads or writes: flash wears.</summary>
    public const int MaxWindowBytes = 64 << 20;

    private const double WindowSeconds = 0.05;
    private const int FirstAccesses = 8;

    private readonly StorageFile file;
    private readonly StorageAccess access;
    private readonly int size;
    private readonly NativeBuffer buffer;
    private readonly DeterministicRandom random = new(10);
    private int accesses = FirstAccesses;
    private long next;
    private long last = -1;

    public Storage(StorageFile file, StorageAccess access)
    {
        (this.file, this.access) = (file, access);
        size = access.Random ? StorageFile.Sector : StorageFile.Block;
        buffer = file.Buffer(size);
    }

    public void Reset() => last = -1;

    public double Run()
    {
        var started = Stopwatch.GetTimestamp();
        var done = accesses;
        for (var i = 0; i < done; i++)
        {
            last = NextOffset();
            if (access.Write)
                file.Write(last, buffer.Span<byte>());
            else
                file.Read(last, buffer.Span<byte>());
        }

        var fitting = done * WindowSeconds / Stopwatch.GetElapsedTime(started).TotalSeconds;
        accesses = (int)Math.Clamp(fitting, 1, MaxWindowBytes / size);
        return access.Random ? done : (double)done * size / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // A write is checked by reading it back; a read is still in the buffer.
        if (access.Write && last >= 0)
            file.Read(last, buffer.Span<byte>());
        var right = last >= 0 && file.IsRight(last, buffer.Span<byte>());
        if (right)
            file.AppendTo(hash);
    }

    /// <summary>The file belongs to all storage workloads.</summary>
    public void Dispose() => buffer.Dispose();

    private long NextOffset()
    {
        if (access.Random)
            return (long)random.Next((int)(file.Length / size)) * size;
        var offset = next;
        next = (next + size) % file.Length;
        return offset;
    }
}
