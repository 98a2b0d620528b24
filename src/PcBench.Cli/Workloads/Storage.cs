using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using PcBench.Cli.Measure;

namespace PcBench.Cli.Workloads;

/// <summary>How a storage workload goes about the file.</summary>
/// <param name="Write">Whether it writes.</param>
/// <param name="Random">Whether it jumps, in sectors of 4 KiB, or goes on, in blocks of 1 MiB.</param>
/// <param name="Synced">Whether each write waits until it is safe. It is what a database pays for a commit.</param>
/// <param name="Depth">Accesses under way all the time, so that a disk can show what it does at once.</param>
internal readonly record struct StorageAccess(bool Write, bool Random, bool Synced = false, int Depth = 1)
{
    /// <summary>The most that one sample reads or writes: flash wears.</summary>
    public int MaxWindowBytes => Depth > 1 ? 256 << 20 : 64 << 20;

    /// <summary>What the id of a workload says: <c>storage-write-random.qd32</c>.</summary>
    public static StorageAccess Of(string workload) => workload == "storage-sync"
        ? new(Write: true, Random: true, Synced: true)
        : new(
            workload.StartsWith("storage-write", StringComparison.Ordinal),
            workload.Contains("random", StringComparison.Ordinal),
            Depth: workload.EndsWith(".qd32", StringComparison.Ordinal) ? 32 : 1);
}

/// <summary>
/// Accesses to one file, past the system's cache. Unlike a processor's, a disk's sample is a window of time, for disks differ
/// ten thousandfold: it holds as many accesses as lately fitted into it. Each access under way has a thread that waits for it:
/// the way that every system has, and no slower here than asynchronous interfaces.
/// </summary>
internal sealed class Storage : IKernel
{
    private const double WindowSeconds = 0.05;
    private const double DeepWindowSeconds = 0.1; // many threads take milliseconds to begin, and do not end together
    private const int FirstAccesses = 8;

    private readonly StorageFile file;
    private readonly StorageAccess access;
    private readonly int size;
    private readonly NativeBuffer buffers;
    private readonly Worker[] workers;
    private readonly CountdownEvent finished;
    private int accesses;
    private long first;
    private int taken;

    public Storage(StorageFile file, StorageAccess access)
    {
        (this.file, this.access) = (file, access);
        size = access.Random ? StorageFile.Sector : StorageFile.Block;
        accesses = Math.Max(FirstAccesses, access.Depth);
        buffers = file.Buffer(access.Depth * size);
        finished = new CountdownEvent(access.Depth);
        workers = [.. Enumerable.Range(0, access.Depth).Select(index => new Worker(this, index))];
    }

    public void Reset()
    {
        foreach (var worker in workers)
            worker.Last = -1;
    }

    public double Run()
    {
        var started = Stopwatch.GetTimestamp();
        taken = 0;
        finished.Reset();
        foreach (var worker in workers)
            worker.Go();
        finished.Wait();
        workers.FirstOrDefault(worker => worker.Error is not null)?.Error!.Throw();

        var done = accesses;
        first += done;
        var window = access.Depth > 1 ? DeepWindowSeconds : WindowSeconds;
        var fitting = done * window / Stopwatch.GetElapsedTime(started).TotalSeconds;
        accesses = (int)Math.Clamp(fitting, access.Depth, Math.Min(access.MaxWindowBytes, file.Length) / size);
        return access.Synced ? done / 1e6 : access.Random ? done : (double)done * size / 1e6;
    }

    public void AppendOutput(IncrementalHash hash)
    {
        // What each read last is still in its buffer; a write is checked by reading it back.
        var worked = workers.Where(worker => worker.Last >= 0).ToList();
        foreach (var worker in worked)
        {
            if (access.Write)
                file.Read(worker.Last, BufferOf(worker.Index));
            if (!file.IsRight(worker.Last, BufferOf(worker.Index)))
                return;
        }

        if (worked.Count > 0)
            file.AppendTo(hash);
    }

    /// <summary>The file belongs to all storage workloads.</summary>
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
            worker.Last = access.Random ? worker.RandomSector() : (first + number - 1) * size % file.Length;
            if (access.Write)
                file.Write(worker.Last, BufferOf(worker.Index));
            else
                file.Read(worker.Last, BufferOf(worker.Index));
            if (access.Synced)
                file.Sync();
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly Storage storage;
        private readonly SemaphoreSlim go = new(0);
        private readonly DeterministicRandom random;
        private readonly Thread thread;
        private bool over;

        public Worker(Storage storage, int index)
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
        public long RandomSector()
        {
            var depth = storage.access.Depth;
            return ((random.Next((int)(storage.file.Length / StorageFile.Sector / depth)) * (long)depth) + Index) * StorageFile.Sector;
        }

        public void Dispose()
        {
            over = true;
            go.Release();
            thread.Join();
            go.Dispose();
        }

        private void Work()
        {
            // Not kept on one processor, unlike those that compute: a disk's answers may all arrive at another, and the system moves who waits
            // for them there: docs/measuring.md has what it costs to keep them away.
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
