using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PcBench.Cli.Workloads;

/// <summary>
/// The file that storage is measured on: incompressible, fully written, and known byte by byte. Every sector holds
/// a part of a random pool, and a stamp of its place and of how often it was written, so that a read can be told right
/// from wrong.
/// </summary>
internal sealed class StorageFile : IDisposable
{
    public const int Sector = 4096;
    public const int Block = 1 << 20;

    /// <summary>
    /// Contents repeat after a block, but for the stamps. More of them would measure memory: a block that is written again and again stays
    /// in the processor's cache, as a program's buffer does.
    /// </summary>
    public const int PoolBytes = Block;

    private const int StampBytes = 16;

    private readonly SafeFileHandle file;
    private readonly NativeBuffer pool = Pool();
    private int[] generations = [];

    private StorageFile(SafeFileHandle file) => this.file = file;

    /// <summary>Bytes written at first, a multiple of <see cref="Block"/>.</summary>
    public long Length { get; private set; }

    /// <summary>Creates the file and writes it, until it has <paramref name="maxBytes"/> or the time is over.</summary>
    /// <exception cref="IOException">The folder cannot be measured; the message says why.</exception>
    public static StorageFile Create(string folder, long maxBytes, TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var storage = new StorageFile(UncachedFile.Create(folder));
        try
        {
            storage.generations = new int[maxBytes / Sector];
            while (storage.Length + Block <= maxBytes && (storage.Length == 0 || time.GetElapsedTime(started) < atMost))
            {
                cancel.ThrowIfCancellationRequested();
                storage.Write(storage.Length, storage.pool.Span<byte>());
                storage.Length += Block;
            }

            storage.Sync();
            return storage;
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Memory as programs have it, with what blocks hold. On huge pages a request of 1 MiB is a piece or two where it is 256 otherwise, and a
    /// virtual disk 1.5 to 2.5 times as fast; no other program would see that.
    /// </summary>
    public NativeBuffer Buffer(int bytes)
    {
        var buffer = new NativeBuffer((nuint)bytes, Pages.Small);
        for (var at = 0; at < bytes; at += PoolBytes)
            pool.Span<byte>()[..Math.Min(PoolBytes, bytes - at)].CopyTo(buffer.Span<byte>()[at..]);
        return buffer;
    }

    /// <summary>Writes whole sectors, each with a new stamp.</summary>
    /// <param name="offset">Where to.</param>
    /// <param name="buffer">One of <see cref="Buffer"/>, as long as what is written.</param>
    public void Write(long offset, Span<byte> buffer)
    {
        if (buffer.Length < Block) // a part of a block, which one it is depends on the place
            pool.Span<byte>().Slice((int)(offset % PoolBytes), buffer.Length).CopyTo(buffer);
        for (var at = 0; at < buffer.Length; at += Sector)
            Stamp(buffer[at..], offset + at, ++generations[(offset + at) / Sector]);
        RandomAccess.Write(file, buffer, offset);
    }

    /// <summary>Waits until the disk has everything.</summary>
    public void Sync() => RandomAccess.FlushToDisk(file);

    /// <summary>Reads whole sectors.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        if (RandomAccess.Read(file, buffer, offset) != buffer.Length)
            throw new IOException("The file is shorter than what was written.");
    }

    /// <summary>Whether that is what was last written there.</summary>
    public bool IsRight(long offset, ReadOnlySpan<byte> sectors)
    {
        Span<byte> stamp = stackalloc byte[StampBytes];
        for (var at = 0; at < sectors.Length; at += Sector)
        {
            Stamp(stamp, offset + at, generations[(offset + at) / Sector]);
            var read = sectors.Slice(at, Sector);
            var written = pool.Span<byte>().Slice((int)((offset + at) % PoolBytes), Sector);
            if (!read.StartsWith(stamp) || !read[StampBytes..].SequenceEqual(written[StampBytes..]))
                return false;
        }

        return true;
    }

    /// <summary>Adds what stands in the first sectors: equal on every machine whatever was done to the file since.</summary>
    public void AppendTo(System.Security.Cryptography.IncrementalHash hash)
    {
        const int hashedSectors = 4;
        using var buffer = Buffer(hashedSectors * Sector);
        var read = buffer.Span<byte>();
        Read(0, read);
        if (!IsRight(0, read))
            return;
        for (var at = 0; at < read.Length; at += Sector)
            hash.AppendData(WithoutStamp(read.Slice(at, Sector)));
    }

    /// <summary>The part of a sector that is the same however often it was written.</summary>
    private static Span<byte> WithoutStamp(Span<byte> sector) => sector[StampBytes..];

    public void Dispose()
    {
        file.Dispose();
        pool.Dispose();
    }

    private static void Stamp(Span<byte> sector, long offset, int generation)
    {
        BinaryPrimitives.WriteInt64LittleEndian(sector, offset);
        BinaryPrimitives.WriteInt64LittleEndian(sector[sizeof(long)..], generation);
    }

    private static NativeBuffer Pool()
    {
        var pool = new NativeBuffer(PoolBytes, Pages.Small);
        new DeterministicRandom(9).Fill(pool.Span<byte>());
        return pool;
    }
}
