using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using PcBench.Cli.Measure;

namespace PcBench.Cli.Workloads;

/// <summary>
/// As <see cref="Storage"/>, with 32 accesses under way all the time, so that a disk can show what it does at once. Each has a thread
/// that waits for it: the way that every system has, and no slower here than asynchronous interfaces.
/// </summary>
internal sealed class DeepStorage : IKernel
{
    /// <summary>The most that one sample reads or writes.</summary>
    public const int MaxWindowBytes = 4 * Storage.MaxWindowBytes;

    private const int Depth = 32;
    private const double WindowSeconds = 0.1; // 32 threads take milliseconds to begin, and do not end together

    private readonly StorageFile file;
    private readonly StorageAccess access;
    private readonly int size;
    private readonly NativeBuffer buffers;
    private readonly Worker[] workers;
    private readonly CountdownEvent finished = new(Depth);
    private int accesses = Depth;
    private long first;
    private int taken;

    public DeepStorage(StorageFile file, StorageAccess access)
    {
        (this.file, this.access) = (file, access);
        size = access.Random ? StorageFile.Sector : StorageFile.Block;
        buffers = file.Buffer(Depth * size);
        workers = [.. Enumerable.Range(0, Depth).Select(index => new Worker(this, index))];
    }

    public void Reset()
    {
        foreach (var worker in workers)
            worker.Last = -1;
    }

    public double Run()
    {
        var started = Stopwatch.GetTimestamp();
        if (!access.Random && (first + accesses) * size > file.Length)
            first = 0;
        taken = 0;
        finished.Reset();
        foreach (var worker in workers)
            worker.Go();
        finished.Wait();
        workers.FirstOrDefault(worker => worker.Error is not null)?.Error!.Throw();

        var done = accesses;
        first += done;
        var fitting = done * WindowSeconds / Stopwatch.GetElapsedTime(started).TotalSeconds;
        accesses = (int)Math.Clamp(fitting, Depth, Math.Min(MaxWindowBytes, file.Length) / size);
        return access.Random ? done : (double)done * size / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // What each read last is still in its buffer; a write is checked by reading it back.
        foreach (var worker in workers.Where(worker => worker.Last >= 0))
        {
            if (access.Write)
                file.Read(worker.Last, BufferOf(worker.Index));
            if (!file.IsRight(worker.Last, BufferOf(worker.Index)))
                return;
        }

        if (workers.Any(worker => worker.Last >= 0))
            file.AppendTo(hash);
    }

    public void Dispose()
    {
        foreach (var worker in workers)
            worker.Dispose();
        finished.Dispose();
        buffers.Dispose();
    }

    private Span<byte> BufferOf(int worker) => buffers.Span<byte>().Slice(worker * size, size);

    private void Access(Worker worker)
    {
        while (Interlocked.Increment(ref taken) is var number && number <= accesses)
        {
            worker.Last = access.Random ? worker.RandomSector(file.Length) : (first + number - 1) * size;
            if (access.Write)
                file.Write(worker.Last, BufferOf(worker.Index));
            else
                file.Read(worker.Last, BufferOf(worker.Index));
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly DeepStorage storage;
        private readonly SemaphoreSlim go = new(0);
        private readonly DeterministicRandom random;
        private readonly Thread thread;
        private bool over;

        public Worker(DeepStorage storage, int index)
        {
            (this.storage, Index, random) = (storage, index, new DeterministicRandom(100 + (ulong)index));
            thread = new Thread(Work) { IsBackground = true, Name = $"storage {index}" };
            thread.Start();
        }

        public int Index { get; }

        public long Last { get; set; } = -1;

        public ExceptionDispatchInfo? Error { get; private set; }

        public void Go() => go.Release();

        /// <summary>A sector of this worker's own, so that no two write the same one.</summary>
        public long RandomSector(long length) => (random.Next((int)(length / StorageFile.Sector / Depth)) * (long)Depth + Index) * StorageFile.Sector;

        public void Dispose()
        {
            over = true;
            go.Release();
            thread.Join();
            go.Dispose();
        }

        private void Work()
        {
            Affinity.Allow(Affinity.Processors());
            for (go.Wait(); !over; go.Wait())
            {
                try
                {
                    storage.Access(this);
                }
                catch (Exception error)
                {
                    // The top of this thread: the one that waits for it throws it again.
                    Error = ExceptionDispatchInfo.Capture(error);
                }

                storage.finished.Signal();
            }
        }
    }
}

/// <summary>
/// Time until a write of 4 KiB is safe: written and synced, each at another place. It is what a database pays for a commit.
/// </summary>
internal sealed class StorageSync(StorageFile file) : IKernel
{
    private const double WindowSeconds = 0.05;
    private const int MostWrites = 2_000;

    private readonly DeterministicRandom random = new(24);
    private readonly NativeBuffer buffer = file.Buffer(StorageFile.Sector);
    private int writes = 1;
    private long last = -1;

    public void Reset() => last = -1;

    public double Run()
    {
        var started = Stopwatch.GetTimestamp();
        var done = writes;
        for (var i = 0; i < done; i++)
        {
            last = (long)random.Next((int)(file.Length / StorageFile.Sector)) * StorageFile.Sector;
            file.Write(last, buffer.Span<byte>());
            file.Sync();
        }

        writes = (int)Math.Clamp(done * WindowSeconds / Stopwatch.GetElapsedTime(started).TotalSeconds, 1, MostWrites);
        return done / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        if (last < 0)
            return;
        file.Read(last, buffer.Span<byte>());
        if (file.IsRight(last, buffer.Span<byte>()))
            file.AppendTo(hash);
    }

    public void Dispose() => buffer.Dispose();
}
