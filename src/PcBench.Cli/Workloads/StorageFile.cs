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

    /// <summary>Contents repeat after this many bytes: so many blocks in a row may be written at the same time.</summary>
    public const int PoolBytes = 64 * Block;

    private const int StampBytes = 16;

    private readonly SafeFileHandle file;
    private readonly NativeBuffer pool = Pool();
    private readonly NativeBuffer target = new(Block);
    private int[] generations = [];

    private StorageFile(SafeFileHandle file) => this.file = file;

    /// <summary>Bytes written at first, a multiple of <see cref="Block"/>.</summary>
    public long Length { get; private set; }

    /// <summary>What the last read brought.</summary>
    public Span<byte> LastRead(int length) => target.Span<byte>()[..length];

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
                storage.Write(storage.Length, Block);
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

    /// <summary>Writes <paramref name="length"/> bytes, whole sectors within one block, each with a new stamp.</summary>
    public void Write(long offset, int length)
    {
        var source = pool.Span<byte>().Slice((int)(offset % PoolBytes), length);
        for (var at = 0; at < length; at += Sector)
            Stamp(source[at..], offset + at, ++generations[(offset + at) / Sector]);
        RandomAccess.Write(file, source, offset);
    }

    /// <summary>Writes one sector by way of a buffer of the caller's, so that many can be under way.</summary>
    public void WriteSector(long offset, Span<byte> buffer)
    {
        pool.Span<byte>().Slice((int)(offset % PoolBytes), Sector).CopyTo(buffer);
        Stamp(buffer, offset, ++generations[offset / Sector]);
        RandomAccess.Write(file, buffer[..Sector], offset);
    }

    /// <summary>Waits until the disk has everything.</summary>
    public void Sync() => RandomAccess.FlushToDisk(file);

    /// <summary>Reads whole sectors.</summary>
    public void Read(long offset, int length) => Read(offset, LastRead(length));

    /// <summary>Reads whole sectors into a buffer of the caller's.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        if (RandomAccess.Read(file, buffer, offset) != buffer.Length)
            throw new IOException("The file is shorter than what was written.");
    }

    /// <summary>Whether the last read brought what was last written there.</summary>
    public bool IsRight(long offset, int length) => IsRight(offset, LastRead(length));

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
        Read(0, hashedSectors * Sector);
        if (!IsRight(0, hashedSectors * Sector))
            return;
        var read = LastRead(hashedSectors * Sector);
        for (var at = 0; at < read.Length; at += Sector)
            hash.AppendData(WithoutStamp(read.Slice(at, Sector)));
    }

    /// <summary>The part of a sector that is the same however often it was written.</summary>
    private static Span<byte> WithoutStamp(Span<byte> sector) => sector[StampBytes..];

    public void Dispose()
    {
        file.Dispose();
        pool.Dispose();
        target.Dispose();
    }

    private static void Stamp(Span<byte> sector, long offset, int generation)
    {
        BinaryPrimitives.WriteInt64LittleEndian(sector, offset);
        BinaryPrimitives.WriteInt64LittleEndian(sector[sizeof(long)..], generation);
    }

    private static NativeBuffer Pool()
    {
        var pool = new NativeBuffer(PoolBytes);
        new DeterministicRandom(9).Fill(pool.Span<byte>());
        return pool;
    }
}
