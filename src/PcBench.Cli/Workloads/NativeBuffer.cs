using System.Runtime.InteropServices;

namespace PcBench.Cli.Workloads;

/// <summary>What pages memory lies on, where a program may choose.</summary>
internal enum Pages
{
    /// <summary>As large as the system gives.</summary>
    Huge,

    /// <summary>The smallest: 4 KiB on most systems.</summary>
    Small,
}

/// <summary>
/// Zeroed memory outside the collected heap, on huge pages where the system gives them: with 4 KiB pages the same loops
/// measure the page walker (reads 1.6 times slower, latency 1.25 times longer on the reference machine).
/// </summary>
internal sealed unsafe partial class NativeBuffer : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePage = 14;
    private const int AdviseNoHugePage = 15;

    private void* memory;

    /// <summary>Allocates and touches <paramref name="bytes"/> bytes.</summary>
    public NativeBuffer(nuint bytes, Pages pages = Pages.Huge)
    {
        Bytes = bytes;
        memory = NativeMemory.AlignedAlloc((bytes + HugePage - 1) / HugePage * HugePage, HugePage);
        if (OperatingSystem.IsLinux())
            _ = Advise(memory, bytes, pages == Pages.Huge ? AdviseHugePage : AdviseNoHugePage); // refused by kernels without huge pages: then the pages are small
        NativeMemory.Clear(memory, bytes);
    }

    public nuint Bytes { get; }

    public T* As<T>()
        where T : unmanaged => (T*)memory;

    public Span<T> Span<T>()
        where T : unmanaged => new(memory, checked((int)(Bytes / (nuint)sizeof(T))));

    public void Dispose()
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
